import type { Got } from "../judge/decision.ts";
import type { Credential } from "../judge/credential.ts";
import { ask, type Ask, type Mind, queue, type Self } from "./mind.ts";

/** How somebody goes through a waiting room. */
export interface Habits {
  /** Milliseconds in a line after which they leave. */
  readonly patienceMs: number;
  /** Milliseconds in a line after which they try the page in another tab, once; undefined for those who do not. */
  readonly looksAfterMs?: number | undefined;
  /** Mean time between an answer and the next request that follows from it. */
  readonly paceMs: number;
  /** Whether it calls as a script does, and sends its token in a header. */
  readonly isScript?: boolean;
}

/** `in`: the page was seen. `left`: by their own will. `out`: it did not work. */
export type CameIn = "in" | "left" | "out";

const ATTEMPTS = 6;
const RETRY_MS = 5000;

/** Opens a page, and waits in its waiting room where that is wanted. */
export function* enter(me: Self, page: string, habits: Habits): Mind<CameIn> {
  let looks = habits.looksAfterMs;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let got = yield* ask(
      request(page, habits),
      attempt === 0 ? 0 : RETRY_MS + me.random.around(habits.paceMs),
    );
    got = yield* withoutToken(me, got, habits);
    if (got.kind === "page") return "in";
    while (got.kind === "to-queue-it" && got.what === "wait") {
      const patienceMs = Math.min(habits.patienceMs, looks ?? Infinity);
      const then = patienceMs === looks ? "look" : "leave";
      const waited = yield* queue({ link: got.link, patienceMs, then, keepsCookies: true });
      if (waited.kind === "left") return "left";
      if (waited.kind === "refused") break;
      if (waited.kind === "waits") {
        looks = undefined;
        got = yield* ask(request(page, habits), 0);
        if (got.kind === "page") return "in";
        continue;
      }
      const back = request(waited.place.target.url, habits, waited.token);
      got = yield* ask(back, me.random.around(habits.paceMs));
      got = yield* withoutToken(me, got, habits);
      if (got.kind === "page") return "in";
    }
  }
  return "out";
}

/** Follows the redirect that takes the token out of the address. */
function* withoutToken(me: Self, got: Got, habits: Habits): Mind<Got> {
  if (got.kind !== "same-page") return got;
  return yield* ask(request(got.link, habits), me.random.around(habits.paceMs / 4));
}

function request(page: string, { isScript = false }: Habits, token?: Credential): Ask {
  return {
    page,
    ...(isScript && { headers: { "x-queueit-ajaxpageurl": encodeURIComponent(page) } }),
    ...(token !== undefined && {
      token: { credential: token, in: isScript ? "header" : "address" } as const,
    }),
  };
}
