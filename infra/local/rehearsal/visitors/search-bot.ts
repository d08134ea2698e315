import { ask, type Mind, type Self, type VisitorBehaviour } from "./mind.ts";

/** A crawler that means no harm: it keeps no cookies and never queues, so it sees the open pages alone. */
export const searchBot: VisitorBehaviour = {
  visit,
  keepsCookies: false,
  isToBeServed: false,
  userAgent: "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example/about)",
};

function* visit({ random, pages }: Self): Mind {
  const all = [...pages.queued.map(({ url }) => url), ...pages.open, ...pages.assets];
  yield* ask({ page: new URL("/robots.txt", random.oneOf(all)).href });
  for (let page = random.between(3, 20); page > 0; page--) {
    yield* ask({ page: random.oneOf(all) }, 500 + random.around(3000));
  }
  return "done";
}
