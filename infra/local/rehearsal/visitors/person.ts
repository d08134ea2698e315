import { browse, load } from "./browsing.ts";
import { ask, type Mind, type Self, type VisitorBehaviour } from "./mind.ts";
import { enter } from "./way-in.ts";

const MINUTE = 60_000;

/** Somebody at a computer or a good phone: patient for a while, with a second tab now and then. */
export const person: VisitorBehaviour = {
  visit,
  keepsCookies: true,
  isToBeServed: true,
  userAgent:
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
};

function* visit(me: Self): Mind {
  const { random, pages } = me;
  const { url } = random.oneOf(pages.queued);
  if (pages.open.length > 0 && random.happens(0.3)) yield* ask({ page: random.oneOf(pages.open) });
  const browsing = {
    // Some leave a line early; most stay for hours.
    patienceMs: random.happens(0.08) ? MINUTE + random.around(10 * MINUTE) : 12 * 60 * MINUTE,
    looksAfterMs: random.happens(0.1) ? 5000 + random.around(MINUTE) : undefined,
    paceMs: 800,
    views: 4,
    readsMs: 15_000,
  };
  const came = yield* enter(me, url, browsing);
  if (came !== "in") return came === "left" ? "left" : "done";
  yield* load(me, url);
  return (yield* browse(me, url, browsing)) === "left" ? "left" : "done";
}
