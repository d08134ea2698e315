import { CONTROL } from "./wrapped-worker.ts";

/** Bindings of the site's Worker, as JSON texts. */
export const SITE_BINDINGS = { hosts: "HOSTS", platform: "PLATFORM" } as const;

/** What the body of every answer of the site begins with: who reads it has seen a page. */
export const PAGE_BEGINNING = "a page of the site";

/** What the Workers ask of the outside: the site's pages, Queue-it's configuration and endpoints. */
export interface PlatformBinding {
  /** Address of the integration configuration to pull. */
  readonly pullUrl: string;
  readonly apiKey: string;
  /** Beginnings of the addresses of the endpoints, up to their first place to fill; undefined where there are none. */
  readonly verifyAction: string | undefined;
  readonly directPass: string | undefined;
}

/**
 * The site behind the Worker and the part of Queue-it that Workers ask, in the same process: everything that a
 * Worker fetches comes here, so nothing leaves this machine, whatever its variables say. Other addresses are
 * counted and refused.
 */
export const SITE_SOURCE = `
import { WorkerEntrypoint } from "cloudflare:workers";

let surroundings = { site: "well", queueIt: "well", configuration: "{}" };
const elsewhere = new Map();

export class ${CONTROL} extends WorkerEntrypoint {
  async fetch(request) {
    const { set } = await request.json();
    surroundings = { ...surroundings, ...set };
    const asked = [...elsewhere];
    elsewhere.clear();
    return Response.json({ elsewhere: asked });
  }
}

function hostOf(url) {
  return (/^[a-z]+:\\/\\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url)?.[1] ?? "").toLowerCase().replace(/\\.?(?::\\d*)?$/, "");
}

const page = (request) => {
  if (surroundings.site === "down") {
    return new Response(request.method === "HEAD" ? null : "the site is down", { status: 521, headers: { "x-rehearsal-site": "down" } });
  }
  const headers = { "x-rehearsal-site": "page", "content-type": "text/html; charset=utf-8" };
  return new Response(request.method === "HEAD" ? null : "${PAGE_BEGINNING}", { headers });
};

const platform = (request, { pullUrl, apiKey, verifyAction, directPass }) => {
  const { url, headers } = request;
  const is = (beginning) => beginning !== undefined && beginning !== null && url.startsWith(beginning);
  if (!is(pullUrl) && !is(verifyAction) && !is(directPass)) return undefined;
  if (surroundings.queueIt !== "well") throw new Error("Queue-it cannot be reached.");
  if (is(verifyAction)) return Response.json({ QIdUsageCount: 1 });
  if (is(directPass)) return Response.json({ HasPassed: false });
  if (headers.get("api-key") !== apiKey) return new Response(null, { status: 403 });
  return new Response(surroundings.configuration, { headers: { "content-type": "application/json; charset=utf-8" } });
};

export default {
  async fetch(request, env) {
    const host = hostOf(request.url);
    const answer = platform(request, JSON.parse(env.${SITE_BINDINGS.platform}));
    if (answer !== undefined) return answer;
    if (JSON.parse(env.${SITE_BINDINGS.hosts}).includes(host)) return page(request);
    if (elsewhere.size < 100) elsewhere.set(host, (elsewhere.get(host) ?? 0) + 1);
    return new Response("A rehearsal asks nobody else.", { status: 502 });
  },
};
`;
