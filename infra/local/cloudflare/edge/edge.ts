import type { IncomingMessage, ServerResponse } from "node:http";
import { localResponseHeaders, realRequestHeaders } from "./edge-headers.ts";
import { type LocalHosts, readHostHeader, toLocalUrl } from "./local-hosts.ts";
import { type Listener, listen } from "../http/listen.ts";
import { type LocalNetwork, isInZone } from "./network.ts";
import { sendResponse, toRequest, withHeaders } from "../http/node-http.ts";
import type { RequestEvent } from "./request-event.ts";
import { compileRoutes } from "../../../cloudflare/route-table.ts";
import { hideTokens } from "../../../queue-it/hide-tokens.ts";
import type { LocalRuntime } from "../runtime/runtime.ts";
import { type Answer, isHandshake, isSwitched } from "../http/upgrade.ts";

export interface EdgeOptions extends LocalNetwork {
  readonly runtime: LocalRuntime;
  /** Port on the loopback addresses; 0 takes any free one. */
  readonly port: number;
  /** Called once for each request to a host in a zone, when its status is known. */
  readonly onRequest: (event: RequestEvent, sent: SentHead, answered: Headers) => void;
  /** Gets the reason, a sentence for the operator, whenever a host behind the edge breaks off. */
  readonly log: (message: string) => void;
}

/** What a visitor sent, without the body: it holds tokens and cookies, and is for who explains a request at once. */
export interface SentHead {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

export interface Edge {
  readonly port: number;
  /** How a browser on this machine reaches a real URL, for example `https://shop.example.com/`. */
  readonly localUrl: (realUrl: string) => string;
  /**
   * Sends a request as if from the internet, under its real URL: through the routes to the Worker or the
   * origin, or to a direct host. Its answer is the real one, without local names.
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Ends the server and every open connection. */
  readonly close: () => Promise<void>;
}

/**
 * Starts Cloudflare's edge on this machine: real names under `*.localhost`, routes by Cloudflare's rules.
 *
 * @throws UserError when the port is taken.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { account, runtime, directHost, origin, onRequest, log } = options;
  const knows = (host: string) =>
    isInZone(account, host) || (host !== "localhost" && directHost(host) !== undefined);
  let routes = account.routes;
  let table = compileRoutes(routes);

  const findRoute = (url: URL) => {
    if (routes !== account.routes) {
      routes = account.routes;
      table = compileRoutes(routes);
    }
    return table(url);
  };

  /** Cloudflare's own answer when nothing behind it can be reached. */
  const answerOr502 = async (what: string, work: () => Answer | Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      // A visitor who left is no fault of anybody.
      if (!(error instanceof Error && error.name === "AbortError"))
        log(`${what} broke off: ${describe(error)}`);
      return refusal(502, "The host behind the local Cloudflare broke off.");
    }
  };

  const throughZone = async (request: Request, url: URL): Promise<Answer> => {
    const time = Date.now();
    const route = findRoute(url);
    // A route is more specific than a custom domain, even where it skips Workers.
    const domain =
      route === undefined ? account.domains.find(({ hostname }) => hostname === url.hostname) : undefined;
    const worker = route?.script ?? domain?.script;
    const response = await answerOr502(
      worker === undefined ? `The origin of ${url.host}` : `The Worker ${worker}`,
      () => {
        if (worker === undefined) return origin(request);
        return isHandshake(request) ? runtime.upgrade(worker, request) : runtime.dispatch(worker, request);
      },
    );
    const event = {
      time,
      method: request.method,
      url: hideTokens(request.url),
      route: route?.pattern ?? null,
      worker: worker ?? null,
      status: response.status,
    };
    onRequest(event, request, response.headers);
    return response;
  };

  const fetchReal = async (request: Request): Promise<Answer> => {
    const url = new URL(request.url);
    const handler = directHost(url.hostname);
    if (handler !== undefined) return handler(request);
    return isInZone(account, url.hostname)
      ? throughZone(request, url)
      : refusal(502, `Nothing here answers for ${url.hostname}.`);
  };

  const handle = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    hosts: LocalHosts,
  ): Promise<void> => {
    const response = await answerOr502("A local host", () => answer(incoming, outgoing, hosts));
    const headers = localResponseHeaders(response.headers, hosts);
    const local = isSwitched(response)
      ? { ...response, headers }
      : new Response(response.body, { status: response.status, headers });
    await sendResponse(local, outgoing);
  };

  const answer = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    hosts: LocalHosts,
  ): Promise<Answer> => {
    const target = incoming.url ?? "/";
    if (!target.startsWith("/")) return refusal(400, "The request target has to be a path.");
    if (["CONNECT", "TRACE", "TRACK"].includes(incoming.method ?? ""))
      return refusal(405, "Cloudflare refuses this method.");
    const whom = readHostHeader(incoming.headersDistinct["host"] ?? [], hosts);
    switch (whom.kind) {
      case "malformed":
        return refusal(400, "The request has to have one Host header, with the name of a host.");
      case "foreign":
        return refusal(421, `This server answers only for names under localhost:${hosts.port}.`);
      case "unknown":
        return refusal(
          421,
          `The local Cloudflare has no site ${whom.host}: it is in none of the account's zones.`,
        );
      case "machine": {
        const handler = directHost("localhost");
        if (handler === undefined) return refusal(421, "Add the name of a site before .localhost.");
        return handler(toRequest(incoming, outgoing, `http://localhost:${hosts.port}${target}`));
      }
      case "site": {
        const request = toRequest(incoming, outgoing, `https://${whom.host}${target}`);
        const headers = realRequestHeaders(request.headers, whom.host, clientAddress(incoming), hosts);
        return fetchReal(withHeaders(request, headers));
      }
    }
  };

  const listener: Listener = await listen(options.port, (incoming, outgoing, port) => {
    // A connection that breaks while an answer is under way has nobody left to tell.
    handle(incoming, outgoing, { port, knows }).catch(() => outgoing.destroy());
  });
  const hosts: LocalHosts = { port: listener.port, knows };
  return {
    port: listener.port,
    localUrl: (realUrl) => toLocalUrl(realUrl, hosts),
    fetch: async (request) => {
      const { host } = new URL(request.url);
      const headers = realRequestHeaders(request.headers, host, "127.0.0.1", hosts);
      headers.delete("upgrade");
      const answer = await fetchReal(withHeaders(request, headers));
      if (isSwitched(answer)) throw new Error("A host switched to WebSocket without being asked.");
      return answer;
    },
    close: () => listener.close(),
  };
}

function refusal(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}

function clientAddress(incoming: IncomingMessage): string {
  return (incoming.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
