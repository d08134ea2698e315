import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Answer, asksForWebSocket, isSwitched, joinSwitched } from "./upgrade.ts";

/** Headers of one connection, which no hop may pass on (RFC 9110, section 7.6.1). */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Status codes whose response has no body by definition. */
const NULL_BODY_STATUS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * The request that came in, under another URL. Its body streams; its signal fires when the client goes away.
 * Of a WebSocket's handshake it keeps the header `Upgrade`, which no other request has.
 *
 * @throws TypeError for methods that a Request cannot have (CONNECT, TRACE).
 */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse, url: string): Request {
  const method = incoming.method ?? "GET";
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? "";
    if (!isHopHeader(name)) headers.append(name, incoming.rawHeaders[index + 1] ?? "");
  }
  if (asksForWebSocket(incoming)) headers.set("upgrade", "websocket");
  if (!headers.has("host")) headers.set("host", new URL(url).host);
  const left = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const init = { method, headers, redirect: "manual", signal: left.signal } as const;
  if (!hasBody(incoming)) return new Request(url, init);
  if (method === "GET" || method === "HEAD") {
    const request = new Request(url, init);
    unusualBodies.set(request, incoming);
    return request;
  }
  // Node's type of a web stream and the global one differ only in name.
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(url, { ...init, body, duplex: "half" });
}

/** Bodies of GET and HEAD, which some apps send and Cloudflare passes on: a Request refuses to have one. */
const unusualBodies = new WeakMap<Request, Readable>();

/** The body of a request from `toRequest`, whatever its method; null without one. */
export function bodyOf(request: Request): Readable | null {
  return request.body === null ? (unusualBodies.get(request) ?? null) : Readable.fromWeb(request.body);
}

/** The same request with other headers. */
export function withHeaders(request: Request, headers: Headers): Request {
  const copy = new Request(request, { headers });
  const body = unusualBodies.get(request);
  if (body !== undefined) unusualBodies.set(copy, body);
  return copy;
}

/** Writes an answer as it comes, without waiting for its end. Rejects when either side breaks off. */
export async function sendResponse(response: Answer, outgoing: ServerResponse): Promise<void> {
  if (isSwitched(response)) {
    joinSwitched(response, outgoing);
    return;
  }
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (!isHopHeader(name) && name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

/** A response from parts; the body is dropped where the status allows none. */
export function toResponse(status: number, headers: Headers, body: Readable): Response {
  if (NULL_BODY_STATUS.has(status)) {
    body.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

/** Whether a header belongs to one connection only. */
export function isHopHeader(name: string): boolean {
  return HOP_HEADERS.has(name.toLowerCase());
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
