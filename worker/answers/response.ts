import { keepPrivate } from "./cache-privacy.ts";
import { encodeAll, toHeaderUrl } from "../encoding/percent-encoding.ts";

export const NO_CACHE = {
  "cache-control": "no-cache, no-store, must-revalidate, max-age=0",
  pragma: "no-cache",
  expires: "Fri, 01 Jan 1990 00:00:00 GMT",
} as const;

const CONNECTOR_HEADER = "x-queueit-connector";
/** Of every answer that is the connector's own: who made it, and that nobody may keep it. */
export const OWN_ANSWER = { ...NO_CACHE, [CONNECTOR_HEADER]: "cloudflare", vary: "Origin" } as const;
const AJAX_REDIRECT_HEADER = "x-queueit-redirect";
// Copied by each response: that is cheaper than to set the same headers one by one.
const REDIRECT = { status: 302, headers: new Headers(OWN_ANSWER) } as const;
const RETRY_AFTER_SECONDS = 30;

/**
 * A redirect that nobody may cache.
 * @param reader The origin whose scripts may read it.
 */
export function redirectTo(location: string, cookies: readonly string[], reader?: string): Response {
  const response = new Response(null, REDIRECT);
  const { headers } = response;
  headers.set("location", toHeaderUrl(location));
  letRead(headers, reader);
  appendCookies(headers, cookies);
  return response;
}

/**
 * Tells a script, which cannot follow a redirect to another site, where to send its page.
 * @param reader The origin whose scripts may read it. A script of the same origin always may.
 */
export function redirectForAjax(location: string, cookies: readonly string[], reader?: string): Response {
  const response = new Response(null, {
    status: 200,
    headers: {
      ...OWN_ANSWER,
      [AJAX_REDIRECT_HEADER]: encodeAll(toHeaderUrl(location)),
      "access-control-expose-headers": AJAX_REDIRECT_HEADER,
    },
  });
  letRead(response.headers, reader);
  appendCookies(response.headers, cookies);
  return response;
}

/**
 * The origin's answer with the connector's headers added; its body is passed on as it comes. Never throws: an
 * answer that nobody can make again, such as one with status 999, goes to the visitor as it is.
 */
export function passOn(origin: Response, cookies: readonly string[], failed: boolean): Response {
  const response = copyOf(origin);
  if (response === undefined) return origin;
  const { headers } = response;
  headers.set(CONNECTOR_HEADER, "cloudflare");
  if (failed) headers.set("x-queueit-failed", "true");
  if (cookies.length > 0) {
    keepPrivate(headers);
    appendCookies(headers, cookies);
  }
  return response;
}

/**
 * Closed mode: the connector failed, and visitors must not reach the site unchecked. Also for a page that queues
 * and is fetched ahead: browsers drop such an answer, and ask the site for no other page ahead for this time.
 */
export function unavailable(): Response {
  return page(503, "We will be right back", { "retry-after": String(RETRY_AFTER_SECONDS) });
}

function copyOf(origin: Response): Response | undefined {
  const { body, status, headers } = origin;
  // The reason phrase is the part that can be left out. Of an upgrade the copy takes over the socket, too.
  for (const init of [origin, { status, headers }]) {
    try {
      return new Response(body, init);
    } catch {
      // Nothing was taken from the answer yet.
    }
  }
  return undefined;
}

const GATEWAY_TITLES = {
  unreachable: "The site cannot be reached",
  unusable: "The site's answer cannot be shown",
} as const;

/** The origin could not be reached at all, or answered what cannot be passed on. */
export function badGateway(why: keyof typeof GATEWAY_TITLES): Response {
  return page(502, GATEWAY_TITLES[why]);
}

/** Lets scripts of an origin read an answer, also to a call with cookies. */
export function letRead(headers: Headers, reader: string | undefined): void {
  if (reader === undefined) return;
  headers.set("access-control-allow-origin", reader);
  headers.set("access-control-allow-credentials", "true");
}

function appendCookies(headers: Headers, cookies: readonly string[]): void {
  for (const cookie of cookies) headers.append("set-cookie", cookie);
}

function page(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>Please try again in a moment.</p></html>\n`;
  return new Response(html, {
    status,
    headers: { ...OWN_ANSWER, "content-type": "text/html; charset=utf-8", ...headers },
  });
}
