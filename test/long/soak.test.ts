import { expect, it } from "vitest";
import { rehearse } from "../../infra/local/rehearsal/rehearse.ts";
import type { Scenario, ScenarioEvent } from "../../infra/local/rehearsal/scenario.ts";
import { readTarget } from "../../infra/project/targets.ts";

/** Minutes of real time that it lasts: `SOAK_MINUTES=1 npx vitest run --config vitest.long.config.ts test/long/soak.test.ts`. */
const MINUTES = Number(process.env["SOAK_MINUTES"] ?? 10);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How often all faults come, one after the other. */
const ROUND = 12 * MINUTE;

/** One round of everything that may go wrong and that visitors must not notice, or only as the site's own. */
const FAULTS: readonly ScenarioEvent[] = [
  { atMs: 1 * MINUTE, kind: "kv", how: "slow", forMs: MINUTE },
  { atMs: 1.5 * MINUTE, kind: "restart-isolates" },
  { atMs: 3 * MINUTE, kind: "kv", how: "failing", forMs: MINUTE },
  { atMs: 3.5 * MINUTE, kind: "restart-isolates" },
  { atMs: 5 * MINUTE, kind: "kv", how: "stale", forMs: MINUTE },
  { atMs: 5.5 * MINUTE, kind: "publish" },
  { atMs: 7 * MINUTE, kind: "origin", how: "down", forMs: MINUTE / 2 },
  { atMs: 8 * MINUTE, kind: "origin", how: "slow", forMs: MINUTE / 2 },
  { atMs: 9 * MINUTE, kind: "queue-it", how: "unreachable", forMs: MINUTE / 2 },
  { atMs: 10 * MINUTE, kind: "deploy" },
  { atMs: 11 * MINUTE, kind: "switch", to: "off" },
  { atMs: 11.5 * MINUTE, kind: "switch", to: "on" },
];

const SOAK: Scenario = {
  name: "a soak",
  seed: 99,
  // More than any machine gets through in that time.
  visitors: 200_000,
  arriveMs: DAY,
  arrivals: "steady",
  outflow: 120,
  durationMs: DAY,
  kinds: { person: 0.6, "slow-phone": 0.15, "native-app": 0.1, "search-bot": 0.05, attacker: 0.1 },
  events: Array.from({ length: DAY / ROUND }, (_, round) =>
    FAULTS.map((event) => ({ ...event, atMs: event.atMs + round * ROUND })),
  ).flat(),
  orderTolerance: 20,
  realVisitors: 200_000,
  clock: "simulated",
};

/** Bytes by which memory may differ at two moments at which as much is known: V8 collects when it likes. */
const SLACK = 150 * 1024 * 1024;

it("goes on for long while faults switch on and off, without an error of ours, anybody past the line, or growing memory", async () => {
  const target = await readTarget("staging");
  const memory: { readonly sharePassed: number; readonly bytes: number }[] = [];
  const began = performance.now();
  const atMostMs = MINUTES * MINUTE;
  const { breaches, breachCounts, requests, events, endedBy, simulatedMs, timeline } = await rehearse({
    target,
    scenario: SOAK,
    atMostMs,
    onProgress: ({ memory: bytes }) => {
      memory.push({ sharePassed: (performance.now() - began) / atMostMs, bytes });
    },
  });

  expect(breaches).toEqual([]);
  expect(breachCounts).toEqual({ turn: 0, order: 0, place: 0, answered: 0 });
  expect(requests.errors).toBe(0);
  // Cold isolates without KV live by the copy of the data center.
  expect(requests.failedOpen).toBe(0);
  expect(requests.withSession).toBeGreaterThan(1000);
  expect(endedBy).toBe("real-time");
  // How far it gets in that time is the machine's business.
  expect(events.length).toBeGreaterThan(0);

  const between = (from: number, to: number) =>
    median(
      memory.filter(({ sharePassed }) => sharePassed >= from && sharePassed < to).map(({ bytes }) => bytes),
    );
  const [early, late] = [between(0.3, 0.5), between(0.8, 1)];
  console.log(
    `A soak of ${MINUTES} minutes: ${Math.round(simulatedMs / MINUTE)} simulated minutes in ${timeline.length} moments, ` +
      `${Object.values(requests).reduce((sum, each) => sum + each, 0)} requests, ${events.length} events; ` +
      `memory ${mebibytes(early)} MiB, then ${mebibytes(late)} MiB.`,
  );
  expect(late).toBeLessThan(early + SLACK);
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
