import { askAll, ask, type Ask, type Mind, type Self } from "./mind.ts";
import { type CameIn, enter, type Habits } from "./way-in.ts";

/** How somebody goes on once they are in. */
export interface Browsing extends Habits {
  /** Page views after the first: at most so many. */
  readonly views: number;
  /** Mean time on a page. */
  readonly readsMs: number;
}

/** What a browser loads for a page by itself: assets that no Worker sees, and calls of the page's scripts. */
export function* load(me: Self, page: string): Mind<undefined> {
  const { random, pages } = me;
  const assets: Ask[] = Array.from({ length: Math.min(3, pages.assets.length) }, () => ({
    page: random.oneOf(pages.assets),
  }));
  const call: Ask = { page, headers: { "x-queueit-ajaxpageurl": encodeURIComponent(page) } };
  yield* askAll([...assets, ...(random.happens(0.4) ? [call] : [])], 250);
  return undefined;
}

/** Looks around among the pages that queue like the first one: reloads, sends a form, opens a second tab. */
export function* browse(me: Self, first: string, browsing: Browsing): Mind<CameIn> {
  const { random, pages } = me;
  const { hostname } = new URL(first);
  const rooms = new Set(pages.queued.filter(({ url }) => url === first).map(({ room }) => room));
  const alike = pages.queued.filter(({ url, room }) => rooms.has(room) && new URL(url).hostname === hostname);
  const views = random.between(1, browsing.views);
  for (let view = 0; view < views; view++) {
    const { url } = random.oneOf(alike);
    const readMs = 1000 + random.around(browsing.readsMs);
    if (random.happens(0.15)) {
      yield* ask({ method: "POST", page: url, body: "item=seat&quantity=2", headers: FORM }, readMs);
      continue;
    }
    if (random.happens(0.1) && pages.open.length > 0) {
      yield* askAll([{ page: url }, { page: random.oneOf(pages.open) }], readMs);
      continue;
    }
    yield* askAll([], readMs);
    const came = yield* enter(me, url, browsing);
    if (came !== "in") return came;
    yield* load(me, url);
  }
  return "in";
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
