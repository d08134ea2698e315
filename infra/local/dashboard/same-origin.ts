const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether the dashboard may answer at all: only under a name of this machine. Another name that leads here is
 * a page elsewhere trying to read it (DNS rebinding).
 */
export function isForThisMachine(request: Request): boolean {
  return LOOPBACK.test(new URL(request.url).hostname);
}

/**
 * Whether a request that changes something was sent by the dashboard's own page. Browsers say so in headers
 * that a page cannot forge; a request that says nothing is refused.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== new URL(request.url).origin) return false;
  return site === null ? origin !== null : site === "same-origin";
}
