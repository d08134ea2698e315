import type { Visit } from "./visit.ts";

/**
 * Headers by which browsers say that they fetch ahead: `Sec-Purpose` (Fetch standard), before it `Purpose` and
 * `X-Purpose` of WebKit, and `X-Moz` of Firefox.
 */
const HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/** Whether a browser fetches a page that nobody has asked for yet, to prefetch, prerender or preview it. */
export function isPrefetch(visit: Visit): boolean {
  return HEADERS.some((name) => /^pre(?:fetch|view)\b/i.test(visit.header(name)));
}
