import { ask, type Mind, type Self, type VisitorBehaviour } from "./mind.ts";
import { enter } from "./way-in.ts";

/** The shop's own app: it calls as a script does, shows the waiting room, and brings its token in a header. */
export const nativeApp: VisitorBehaviour = {
  visit,
  keepsCookies: true,
  isToBeServed: true,
  userAgent: "ShopApp/4.2 (iOS 18.1)",
};

function* visit(me: Self): Mind {
  const { random, pages } = me;
  const { url } = random.oneOf(pages.queued);
  const habits = { patienceMs: 12 * 3_600_000, paceMs: 500, isScript: true };
  const came = yield* enter(me, url, habits);
  if (came !== "in") return came === "left" ? "left" : "done";
  for (let call = random.between(1, 6); call > 0; call--) {
    const headers = { "x-queueit-ajaxpageurl": encodeURIComponent(url) };
    yield* ask({ page: url, headers }, 1000 + random.around(10_000));
  }
  return "done";
}
