import type { ReadableStream } from "node:stream/web";
import { Agent, fetch, type RequestInit, type Response } from "undici";
import { HEADER_LIMIT } from "../cloudflare/header-limit.ts";

/** What a site answered, without following redirects. */
export interface Answer {
  readonly status: number;
  /** Real addresses, also where the site is reached by another one. */
  readonly headers: Pick<Headers, "get" | "getSetCookie">;
  /** Real address that the visitor is sent to; null where there is none. */
  readonly location: string | null;
  /** The beginning of it: a page may be a film. */
  readonly body: string;
}

/** The deployed sites, as visitors from here reach them. */
export interface Reach {
  /**
   * @param mostBytes How much of the body is read. Default: 64 KiB.
   * @throws Error when the site does not answer in ten seconds.
   */
  readonly get: (
    realUrl: string,
    headers?: Readonly<Record<string, string>>,
    mostBytes?: number,
  ) => Promise<Answer>;
  /** Sends a text, once. @throws Error when the site does not answer in ten seconds. */
  readonly post: (
    realUrl: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** A status answer without the configuration in it has less than a thousandth of it. */
const MOST_BYTES = 64 * 1024;
const USER_AGENT = "Mozilla/5.0 (queueit-cf verify)";

/** The sites on the internet. */
export function reachInternet(): Reach {
  return reachThrough(
    new Agent({ maxHeaderSize: HEADER_LIMIT }),
    (url) => url,
    (url) => url,
  );
}

/**
 * The sites as a dispatcher reaches them, perhaps at other addresses than their real ones.
 *
 * @param toReached From a real address to the one that is asked.
 * @param toReal Back to the real one.
 */
export function reachThrough(
  dispatcher: Agent,
  toReached: (realUrl: string) => string,
  toReal: (url: string) => string,
): Reach {
  const send = async (realUrl: string, init: RequestInit, mostBytes: number): Promise<Answer> => {
    const response = await fetch(toReached(realUrl), {
      ...init,
      dispatcher,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const location = response.headers.get("location");
    return {
      status: response.status,
      headers: response.headers,
      location: location === null ? null : toReal(new URL(location, toReached(realUrl)).href),
      body: await beginning(response, mostBytes),
    };
  };
  return {
    get: (realUrl, headers = {}, mostBytes = MOST_BYTES) =>
      send(realUrl, { headers: { "user-agent": USER_AGENT, ...headers } }, mostBytes),
    post: (realUrl, body, headers) =>
      send(realUrl, { method: "POST", body, headers: { "user-agent": USER_AGENT, ...headers } }, MOST_BYTES),
    close: () => dispatcher.close(),
  };
}

async function beginning({ body }: Response, mostBytes: number): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  // To leave the loop cancels the rest.
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString();
}
