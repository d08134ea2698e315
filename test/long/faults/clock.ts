import { outcome, SITE_WITH_SESSION, WAITS, type FaultCase } from "./fault-case.ts";

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

export const CLOCK_CASES: readonly FaultCase[] = JUMPS.flatMap(([fault, clock]): FaultCase[] => [
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
]);
