import type { Scenario } from "../../../../infra/local/rehearsal/scenario.ts";

/** A scenario of a few seconds, with what a test changes of it. */
export function scenarioWith(changes: Partial<Scenario> = {}): Scenario {
  return {
    name: "a test",
    seed: 7,
    visitors: 60,
    arriveMs: 20_000,
    arrivals: "steady",
    outflow: 120,
    durationMs: 20 * 60_000,
    kinds: { person: 0.6, "slow-phone": 0.1, "native-app": 0.1, "search-bot": 0.05, attacker: 0.15 },
    events: [],
    orderTolerance: 0,
    realVisitors: 60,
    clock: "simulated",
    ...changes,
  };
}
