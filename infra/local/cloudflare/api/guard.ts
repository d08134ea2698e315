import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiToken } from "../account/model.ts";
import { refuse } from "./envelope.ts";
import type { ShownToken } from "./shown-token.ts";

/** Longest and shortest form that Cloudflare's own API tokens are known to have. */
const REAL_TOKEN = /^(?:[A-Za-z0-9_-]{40}|cf[a-z]*_[A-Za-z0-9_-]{20,})$/;

/**
 * Refuses every request that does not come from this machine under a local name, and does not show a token
 * made here. Otherwise returns that token. No sentence repeats anything that was shown.
 *
 * @param token The one that may do everything.
 * @param findScoped Finds one with permissions of its own.
 */
export function createGuard(
  token: string,
  findScoped: (value: string) => ApiToken | undefined,
): (request: Request) => Response | ShownToken {
  const isOurs = (shown: string) => timingSafeEqual(digest(shown), digest(token));
  return (request) => {
    const elsewhere = refuseForeignHost(request);
    if (elsewhere !== undefined) return elsewhere;
    const { headers } = request;
    if (headers.has("x-auth-key") || headers.has("x-auth-email") || headers.has("x-auth-user-service-key")) {
      return refuse({
        status: 403,
        code: 9103,
        message:
          "Unknown X-Auth-Key or X-Auth-Email: the local Cloudflare does not accept API keys. " +
          `Unset CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL, ${ADVICE}`,
      });
    }
    const authorization = headers.get("authorization");
    if (authorization === null) {
      return refuse({
        status: 400,
        code: 9106,
        message: `Missing X-Auth-Key, X-Auth-Email or Authorization headers: ${ADVICE}`,
      });
    }
    const shown = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (shown === undefined) {
      return refuse({
        status: 400,
        code: 6003,
        message: "Invalid request headers: Authorization has to be a Bearer token",
      });
    }
    if (isOurs(shown)) return { kind: "all-powerful" };
    const scoped = findScoped(shown);
    return scoped === undefined
      ? refuseToken(new URL(request.url).pathname, REAL_TOKEN.test(shown))
      : { kind: "scoped", token: scoped };
  };
}

const ADVICE = "set CLOUDFLARE_API_TOKEN to the token that the local Cloudflare printed at its start.";

/** Cloudflare's three answers to a token it does not know, by path. */
function refuseToken(path: string, looksReal: boolean): Response {
  const what = looksReal
    ? `what was sent looks like a token of the real Cloudflare, which must never be sent here: ${ADVICE}`
    : ADVICE;
  if (path.endsWith("/tokens/verify"))
    return refuse({ status: 401, code: 1000, message: `Invalid API Token: ${what}` });
  return /\/client\/v4\/(?:user|memberships)/.test(path)
    ? refuse({ status: 403, code: 9109, message: `Invalid access token: ${what}` })
    : refuse({ status: 403, code: 10000, message: `Authentication error: ${what}` });
}

/** The refusal of a request under a name that is not this machine's own; undefined for any other. */
export function refuseForeignHost(request: Request): Response | undefined {
  if (isLocalHost(request)) return undefined;
  return refuse({
    status: 421,
    code: 10000,
    message: "The local Cloudflare answers only under local names. Use the address it printed at its start.",
  });
}

/**
 * Whether the Host header is a name that only this machine can have: a page elsewhere may point its own name
 * here.
 */
function isLocalHost(request: Request): boolean {
  const host = (request.headers.get("host") ?? new URL(request.url).host).toLowerCase();
  return /^(?:\[::1\]|127\.0\.0\.1|(?:[a-z0-9-]+\.)*localhost)(?::\d+)?$/.test(host);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
