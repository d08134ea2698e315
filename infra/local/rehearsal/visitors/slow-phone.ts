import { browse, load } from "./browsing.ts";
import type { Mind, Self, VisitorBehaviour } from "./mind.ts";
import { enter } from "./way-in.ts";

const MINUTE = 60_000;

/** Somebody on a train: every answer takes long, and the way back from the waiting room may take a minute. */
export const slowPhone: VisitorBehaviour = {
  visit,
  keepsCookies: true,
  isToBeServed: true,
  userAgent:
    "Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
};

function* visit(me: Self): Mind {
  const { random, pages } = me;
  const { url } = random.oneOf(pages.queued);
  const browsing = {
    patienceMs: random.happens(0.15) ? MINUTE + random.around(10 * MINUTE) : 12 * 60 * MINUTE,
    looksAfterMs: random.happens(0.3) ? 10_000 + random.around(2 * MINUTE) : undefined,
    paceMs: 12_000,
    views: 2,
    readsMs: 40_000,
  };
  const came = yield* enter(me, url, browsing);
  if (came !== "in") return came === "left" ? "left" : "done";
  yield* load(me, url);
  return (yield* browse(me, url, browsing)) === "left" ? "left" : "done";
}
