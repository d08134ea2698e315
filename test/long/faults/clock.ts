import { outcome, SITE, SITE_WITH_SESSION, WAITS, type FaultCase } from "./fault-case.ts";

const MINUTE = 60;
const DAY = 86_400;

/** Jumps of the clock, in seconds, of an isolate that has answered a request before. */
const JUMPS: readonly [string, number][] = [
  ["a minute forward", MINUTE],
  ["two hours forward", 120 * MINUTE],
  ["a day forward", DAY],
  ["a year forward", 365 * DAY],
  ["50 s back", -50],
  ["an hour back", -60 * MINUTE],
  ["a day back", -DAY],
  ["to 1970", -Math.floor(Date.now() / 1000)],
];

const ERROR_PAGE = "Queue-it's error page";

/** Jumps there and back between requests: what holds is what the clock says now. */
const BACK_AND_FORTH: readonly [string, number[]][] = [
  ["an hour forward and back", [60 * MINUTE, 0]],
  ["an hour back and forward", [-60 * MINUTE, 0]],
  ["a year forward and back", [365 * DAY, 0]],
  ["to 1970 and back", [-Math.floor(Date.now() / 1000), 0]],
  ["a minute back and forth, five times", [-MINUTE, MINUTE, -MINUTE, MINUTE, 0]],
];

export const CLOCK_CASES: readonly FaultCase[] = [
  ...BACK_AND_FORTH.flatMap(([fault, clock]): FaultCase[] =>
    (
      [
        ["new", outcome(WAITS, 0)],
        ["with a session", outcome(SITE_WITH_SESSION, 1)],
        ["with a token", outcome("the page again, and a session", 0)],
      ] as const
    ).map(([visitor, expected]) => ({
      edge: "The clock",
      fault: `jumps ${fault}`,
      visitor,
      mode: "closed",
      given: { clock },
      expected,
    })),
  ),
  ...[-60 * MINUTE, 60 * MINUTE, -DAY].map((clock): FaultCase => ({
    edge: "The clock",
    fault: `jumps by ${clock / 60} minutes, and a minute later KV holds a newer version that opens the page`,
    visitor: "new",
    mode: "closed",
    given: { clock, kvLater: { says: '{"Version":6,"Integrations":[]}' } },
    expected: outcome(SITE, 1),
  })),
  ...JUMPS.flatMap(([fault, clock]): FaultCase[] => [
    {
      edge: "The clock",
      fault: `jumps ${fault}`,
      visitor: "new",
      mode: "open",
      given: { clock },
      expected: outcome(WAITS, 0),
    },
    {
      edge: "The clock",
      fault: `jumps ${fault}`,
      visitor: "with a session",
      mode: "open",
      given: { clock },
      // A session of 20 minutes is over later, and one of the future is none.
      expected: clock > 20 * MINUTE || clock < -60 ? outcome(WAITS, 0) : outcome(SITE_WITH_SESSION, 1),
    },
    {
      edge: "The clock",
      fault: `jumps ${fault}`,
      visitor: "with a token",
      mode: "closed",
      given: { clock },
      expected: clock > 60 * MINUTE ? outcome(ERROR_PAGE, 0) : outcome("the page again, and a session", 0),
    },
  ]),
];
