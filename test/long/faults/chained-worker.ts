import { cannotWork, type FaultCase, type Given, MODES, type Outcome, outcome, WAITS } from "./fault-case.ts";

/** A Worker behind the connector, by the body of its handler; the site answers what it asks. */
const worker = (body: string): string => `export default { async fetch(request, env, ctx) { ${body} } };`;

const ANSWERS = "return new Response('the shop');";
const THREW = "failed-origin: chained-worker-threw";

/** As that Worker gives it alone: on Cloudflare its error 1101. */
const OWN_FAILURE = outcome("the platform's own error (1101)", 0, THREW);

const FAULTS: readonly (readonly [fault: string, body: string, expected: Outcome])[] = [
  ["throws", "throw new Error('the shop');", OWN_FAILURE],
  ["throws after it read the request", "await request.text(); throw new Error('the shop');", OWN_FAILURE],
  ["answers with nothing", "", OWN_FAILURE],
  ["never answers", "await new Promise(() => undefined);", OWN_FAILURE],
  [
    "lets the origin answer when it throws",
    "ctx.passThroughOnException(); throw new Error('the shop');",
    outcome("the site's answer, and a session", 1),
  ],
  ["answers", ANSWERS, outcome("the site's answer, and a session", 0)],
  ["asks its own zone", "return fetch(request);", outcome("the site's answer, and a session", 1)],
  // workerd ends such a body in order, also where that Worker stands alone.
  [
    "ends its body with an error",
    `let parts = 0;
     return new Response(new ReadableStream({ pull(stream) {
       if (parts++ === 0) stream.enqueue(new TextEncoder().encode("the shop"));
       else stream.error(new Error("cut"));
     } }));`,
    outcome("the site's answer, and a session", 0),
  ],
];

const EDGE = "The chained Worker";

export const CHAINED_CASES: readonly FaultCase[] = [
  ...MODES.flatMap((mode) => [
    ...FAULTS.map(([fault, body, expected]): FaultCase => ({
      edge: EDGE,
      fault,
      visitor: "with a session",
      mode,
      given: { chained: worker(body) },
      expected,
    })),
    {
      edge: EDGE,
      fault: "throws",
      visitor: "new" as const,
      mode,
      given: { chained: worker("throw new Error('the shop');") },
      expected: outcome(WAITS, 0),
    },
    brokenConnector(mode, { without: "secret" }, "secret-key-missing"),
  ]),
];

/** The connector itself cannot work: open, the chained Worker answers in its place, and the site is not asked. */
function brokenConnector(mode: FaultCase["mode"], given: Given, reason: string): FaultCase {
  const expected = { ...cannotWork(mode, reason), siteAsked: 0 };
  return {
    edge: EDGE,
    fault: "answers for a connector without its secret key",
    visitor: "new",
    mode,
    given: { ...given, chained: worker(ANSWERS) },
    expected,
  };
}
