import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** How a request to a site ended, as its visitor sees it, with the words of the dashboard. */
export const OUTCOMES = {
  "let-in": "let in",
  site: "site",
  "to-queue-it": "to the waiting room",
  left: "place given back",
  refused: "token refused",
  bypassed: "past the Worker",
  failed: "failed",
} as const;

export type Outcome = keyof typeof OUTCOMES;

/** Name of a session cookie, up to the waiting room's id. */
const SESSION_COOKIE = "QueueITAccepted-SDFrts345E-V3_";

/** What of an exchange says how it ended. */
export interface Exchange {
  readonly event: Pick<RequestEvent, "worker" | "status">;
  /** As the visitor sent it. */
  readonly url: string;
  /** Of the answer. */
  readonly headers: Headers;
}

/**
 * Says how a request ended from what was answered, whatever was meant: it counts every request, also under a load that
 * nobody could explain one by one.
 *
 * @param isQueueIt Whether a host is Queue-it's.
 */
export function outcomeOf({ event, url, headers }: Exchange, isQueueIt: (host: string) => boolean): Outcome {
  if (event.status >= 500) return "failed";
  if (event.worker === null) return "bypassed";
  const to = leadsTo(headers);
  if (to !== undefined && isQueueIt(to.hostname)) {
    if (to.pathname.includes("/cancel/")) return "left";
    return to.pathname.includes("/error/") ? "refused" : "to-queue-it";
  }
  const hasToken = /[?&]queueittoken=/i.test(url);
  return hasToken && headers.getSetCookie().some((cookie) => cookie.startsWith(SESSION_COOKIE))
    ? "let-in"
    : "site";
}

function leadsTo(headers: Headers): URL | undefined {
  const location = headers.get("location") ?? decoded(headers.get("x-queueit-redirect") ?? "");
  return parsedUrl(location);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
