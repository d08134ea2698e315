/**
 * Headers between this process and the front Worker; the last says that the answer is a failure of a Worker.
 */
export const FRONT_HEADERS = {
  key: "x-local-key",
  operation: "x-local-operation",
  script: "x-local-script",
  url: "x-local-url",
  namespace: "x-local-namespace",
  name: "x-local-name",
  metadata: "x-local-metadata",
  expiration: "x-local-expiration",
  cursor: "x-local-cursor",
  limit: "x-local-limit",
  failure: "x-local-failure",
} as const;

/** Prefixes of the front Worker's bindings. */
export const FRONT_BINDINGS = { key: "key", script: "script:", namespace: "namespace:" } as const;

/** Characters that are told of what a Worker threw. */
const REASON_LIMIT = 8000;

/** Class in the front Worker that stands for one secret of a Secrets Store. */
export const SECRET_ENTRYPOINT = "StoredSecret";

/** Class in the front Worker that stands for a Worker that is bound and gone. */
export const MISSING_WORKER_ENTRYPOINT = "MissingWorker";

/**
 * Source of the Worker in front of all others. Miniflare's own entry would rewrite headers and answer some
 * paths itself; this one gives a Worker the request as it is, and the KV values and cron events of this
 * process. `cf` has what the edge can know; Workers may rely on its being there.
 */
export const FRONT_SOURCE = `
import { WorkerEntrypoint } from "cloudflare:workers";
const H = ${JSON.stringify(FRONT_HEADERS)};
const B = ${JSON.stringify(FRONT_BINDINGS)};
const cf = { colo: "LOC", country: "XX", httpProtocol: "HTTP/1.1", tlsVersion: "TLSv1.3" };

export class ${SECRET_ENTRYPOINT} extends WorkerEntrypoint {
  async get() {
    const { name, value } = this.ctx.props;
    if (value === null) throw new Error('Secret "' + name + '" not found');
    return value;
  }
}

export class ${MISSING_WORKER_ENTRYPOINT} extends WorkerEntrypoint {
  fetch() {
    throw new Error('The Worker "' + this.ctx.props.name + '" that is bound here was deleted.');
  }
}

async function operate(operation, request, env) {
  const namespace = env[B.namespace + request.headers.get(H.namespace)];
  const name = decodeURIComponent(request.headers.get(H.name) ?? "");
  switch (operation) {
    case "ping":
      return new Response(null, { status: 204 });
    case "get": {
      const { value, metadata } = await namespace.getWithMetadata(name, "arrayBuffer");
      if (value === null) return new Response(null, { status: 404 });
      const headers = metadata === null ? {} : { [H.metadata]: encodeURIComponent(JSON.stringify(metadata)) };
      // Only a listing tells the expiration; the name itself is the first one with that prefix.
      const { keys } = await namespace.list({ prefix: name, limit: 1 });
      if (keys[0]?.expiration !== undefined) headers[H.expiration] = String(keys[0].expiration);
      return new Response(value, { headers });
    }
    case "put": {
      const metadata = request.headers.get(H.metadata);
      const expiration = request.headers.get(H.expiration);
      const options = metadata === null ? {} : { metadata: JSON.parse(decodeURIComponent(metadata)) };
      if (expiration !== null) options.expiration = Number(expiration);
      await namespace.put(name, await request.arrayBuffer(), options);
      return new Response(null, { status: 204 });
    }
    case "delete":
      await namespace.delete(name);
      return new Response(null, { status: 204 });
    case "list": {
      const cursor = request.headers.get(H.cursor);
      const page = await namespace.list({
        prefix: name,
        limit: Number(request.headers.get(H.limit)),
        cursor: cursor === null ? undefined : decodeURIComponent(cursor),
      });
      return Response.json({ keys: page.keys, cursor: page.list_complete ? "" : page.cursor });
    }
    case "scheduled": {
      const script = env[B.script + request.headers.get(H.script)];
      return Response.json(await script.scheduled({ cron: name, scheduledTime: new Date() }));
    }
  }
}

export default {
  async fetch(request, env) {
    if (request.headers.get(H.key) !== env[B.key]) return new Response(null, { status: 403 });
    try {
      const operation = request.headers.get(H.operation);
      if (operation !== null) return await operate(operation, request, env);
      const headers = new Headers(request.headers);
      const url = headers.get(H.url);
      const script = headers.get(H.script);
      for (const name of [H.key, H.url, H.script]) headers.delete(name);
      headers.set("host", new URL(url).host);
      return await env[B.script + script].fetch(new Request(url, new Request(request, { headers, cf })));
    } catch (error) {
      // A header, since the answer to a HEAD has no body; cut, since it has to fit there at up to 9 bytes a character.
      const message = encodeURIComponent(String(error?.stack ?? error).slice(0, ${REASON_LIMIT}).toWellFormed());
      return new Response(null, { status: 500, headers: { [H.failure]: env[B.key] + message } });
    }
  },
};
`;
