import { ANSWER_FLAGS } from "../world/driver-worker.ts";
import type { RawAnswer } from "../world/world.ts";
import { parsedUrl } from "../../../url/parsed-url.ts";

/** What came of a request, as its visitor notices. */
export type Got =
  /** A page of the site was seen. */
  | { readonly kind: "page" }
  /** The site answered with an error of its own. */
  | { readonly kind: "site-error" }
  /** Sent to Queue-it: to wait, or to its page that says why not. */
  | { readonly kind: "to-queue-it"; readonly link: string; readonly what: "wait" | "error" | "cancel" }
  /** Asked to come again without the token. */
  | { readonly kind: "same-page"; readonly link: string }
  /** An error of the Worker, or no answer at all. */
  | { readonly kind: "our-error" }
  /** Anything else. */
  | { readonly kind: "other"; readonly status: number };

/** Reads an answer. @param sites Hostnames of the sites. */
export function gotOf(answer: RawAnswer, sites: readonly string[]): Got {
  const { status, location, ajaxRedirect, flags } = answer;
  if ((flags & ANSWER_FLAGS.siteDown) !== 0) return { kind: "site-error" };
  if ((flags & ANSWER_FLAGS.page) !== 0) return { kind: "page" };
  if ((flags & ANSWER_FLAGS.threw) !== 0 || status === 0 || status >= 500) return { kind: "our-error" };
  if (ajaxRedirect !== null) return leadingTo(decoded(ajaxRedirect), sites);
  if (status >= 300 && status < 400 && location !== null) return leadingTo(location, sites);
  return { kind: "other", status };
}

/** Whether the connector let the site answer because it failed. */
export function isFailedOpen({ flags }: RawAnswer): boolean {
  return (flags & (ANSWER_FLAGS.failed | ANSWER_FLAGS.passedThrough)) !== 0;
}

function leadingTo(link: string, sites: readonly string[]): Got {
  const url = parsedUrl(link);
  if (url === undefined) return { kind: "other", status: 302 };
  const { hostname, pathname } = url;
  if (sites.includes(hostname)) return { kind: "same-page", link };
  // The account may have its rooms under a path (QueuePathPrefix).
  const what = /\/error\/[^/]+\/?$/.test(pathname)
    ? "error"
    : /\/cancel\/multiple\/[^/]+\/?$/.test(pathname)
      ? "cancel"
      : "wait";
  return { kind: "to-queue-it", link, what };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
