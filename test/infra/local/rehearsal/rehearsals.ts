import type {
  Breach,
  Moment,
  PromiseName,
  Rehearsal,
  RequestCounts,
} from "../../../../infra/local/rehearsal/rehearsal.ts";
import { TRICK_NAMES } from "../../../../infra/local/rehearsal/visitors/attacker.ts";
import type { Scenario, ScenarioEvent } from "../../../../infra/local/rehearsal/scenario.ts";

export const MINUTE = 60_000;

const NO_REQUESTS: RequestCounts = {
  bypassed: 0,
  unprotected: 0,
  withSession: 0,
  toWaitingRoom: 0,
  tokenTaken: 0,
  refused: 0,
  failedOpen: 0,
  errors: 0,
  siteErrors: 0,
};

export const SCENARIO: Scenario = {
  name: "On-sale at noon",
  seed: 7,
  visitors: 1000,
  arriveMs: MINUTE,
  arrivals: "burst",
  outflow: 100,
  durationMs: 60 * MINUTE,
  kinds: { person: 0.9, attacker: 0.1 },
  events: [],
  orderTolerance: 5,
  realVisitors: 5000,
  clock: "simulated",
};

/** Ten minutes in which 900 people come at once and 90 a minute get in: the line has 810 after the first of them. */
const TIMELINE: readonly Moment[] = Array.from({ length: 10 }, (_, minute) => ({
  fromMs: minute * MINUTE,
  arrived: minute === 0 ? 1000 : 0,
  inLine: 810 - minute * 90,
  letIn: 90,
  left: 0,
  browsing: 90,
  requests: counts({ withSession: 180, tokenTaken: 90, ...(minute === 0 && { toWaitingRoom: 900 }) }),
}));

/** A rehearsal in which everything went well, with what is said to be otherwise. */
export function rehearsalWith(changed: Partial<Rehearsal> = {}): Rehearsal {
  return {
    environment: "staging",
    worker: "queueit-connector-staging",
    bundleHash: "1a3f18c3fd22".padEnd(64, "0"),
    scenario: SCENARIO,
    startedAt: "2026-11-26T12:00:00.000Z",
    tookMs: 12_000,
    simulatedMs: 10 * MINUTE,
    momentMs: MINUTE,
    timeline: TIMELINE,
    events: [],
    requests: counts({
      bypassed: 2000,
      toWaitingRoom: 900,
      tokenTaken: 900,
      withSession: 1800,
      refused: 400,
    }),
    kinds: [
      {
        kind: "person",
        visitors: 900,
        requests: 5600,
        served: 900,
        kept: 0,
        left: 0,
        waits: waits(5 * MINUTE),
      },
      { kind: "attacker", visitors: 100, requests: 400, served: 0, kept: 0, left: 0, waits: undefined },
    ],
    breaches: [],
    breachCounts: { turn: 0, order: 0, place: 0, answered: 0 },
    failedOpen: [],
    borrowed: 0,
    tricks: TRICK_NAMES,
    askedElsewhere: [],
    endedBy: "done",
    cpuMs: 4000,
    peakMemory: 300 * 2 ** 20,
    ...changed,
  };
}

/** The same with what was planned to happen. */
export function rehearsalOf(scenario: Partial<Scenario>, changed: Partial<Rehearsal> = {}): Rehearsal {
  return rehearsalWith({ scenario: { ...SCENARIO, ...scenario }, ...changed });
}

/** The same with one breach of a promise. */
export function rehearsalBreaking(
  promise: PromiseName,
  atMs = MINUTE,
  ...events: readonly ScenarioEvent[]
): Rehearsal {
  return rehearsalOf(
    { events },
    {
      breaches: [breachOf(promise, atMs)],
      breachCounts: { turn: 0, order: 0, place: 0, answered: 0, [promise]: 1 },
    },
  );
}

export function breachOf(promise: PromiseName, atMs = MINUTE): Breach {
  return {
    promise,
    visitor: { number: 17, kind: "attacker" },
    atMs,
    what: "saw /tickets with the cookie of another waiting room",
    story: [
      { atMs: 1000, asked: "GET https://shop.example.com/tickets", got: "302 to the waiting room" },
      { atMs, asked: "GET https://shop.example.com/tickets with a cookie", got: "200 from the site" },
    ],
  };
}

export function counts(some: Partial<RequestCounts>): RequestCounts {
  return { ...NO_REQUESTS, ...some };
}

export function waits(longestMs: number): {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
} {
  return { count: 900, medianMs: longestMs / 2, p95Ms: longestMs * 0.95, longestMs };
}
