import type { SetupName } from "./setups.ts";

/** What stands against a trick, or why nothing does. */
export type Defence =
  /** What holds it. */
  | { readonly heldBy: string }
  /** Nothing here does: the meaning is Queue-it's, Cloudflare's or the site's. */
  | { readonly meaningOf: "Queue-it" | "Cloudflare" | "the site"; readonly remedy: string }
  /** No trick: what an honest visitor gets, without which the other rows would say nothing. */
  | { readonly honest: string };

/** A way in which somebody may try to get past the queue, as a request that is sent in workerd. */
export interface BypassCase {
  readonly area: string;
  readonly trick: string;
  readonly setup: SetupName;
  /** Request line without protocol. */
  readonly request: string;
  /** Lines beside `host: shop.example`, which stands unless one of these is a `host`. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Header of the answer that is shown, too. */
  readonly shows: string | undefined;
  readonly expected: string;
  readonly defence: Defence;
}

interface Extra {
  readonly setup?: SetupName;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly shows?: string;
}

export const WAITS = "waits";
export const SITE = "the site";
/** Nobody is let in: what comes back has no page in it, and no cookie. */
export const NO_PAGE = "no page, though the site is asked";
export const TURNED_AWAY = "turned away (503)";
export const AGAIN = "the page again";
export const AND_SESSION = ", and a session";
export const TOLD = ", told to a script";
export const REFUSED = "refused by the runtime";

/** A row of the table. */
export function row(
  area: string,
  trick: string,
  request: string,
  expected: string,
  defence: Defence,
  { setup = "as configured", headers = [], body = "", shows }: Extra = {},
): BypassCase {
  return { area, trick, setup, request, headers, body, shows, expected, defence };
}

export function heldBy(what: string): Defence {
  return { heldBy: what };
}

export function honest(what: string): Defence {
  return { honest: what };
}

export function queueIt(remedy: string): Defence {
  return { meaningOf: "Queue-it", remedy };
}

export function theSite(remedy: string): Defence {
  return { meaningOf: "the site", remedy };
}

export function cloudflare(remedy: string): Defence {
  return { meaningOf: "Cloudflare", remedy };
}

/** The request line of a page that queues. */
export const PAGE = "GET /tickets";

/** A key that the Worker does not have. */
export const OTHER_KEY = "another-fake-secret";

export const SIGNED = heldBy("The SDK checks the signature");
