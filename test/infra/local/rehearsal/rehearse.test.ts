import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { onInterruption } from "../../../../infra/console/interruption.ts";
import { rehearse, type RehearseOptions } from "../../../../infra/local/rehearsal/rehearse.ts";
import type { Rehearsal } from "../../../../infra/local/rehearsal/rehearsal.ts";
import { readTarget } from "../../../../infra/project/targets.ts";
import type { Target } from "../../../../infra/specification/target.ts";
import {
  ACCEPTS_ANY_ROOM,
  FAILS_OPEN_ON_A_LONG_HEADER,
  FORGETS_SESSIONS_AT_A_DEPLOY,
  FORGETS_THAT_SESSIONS_END,
  planted,
} from "./planted.ts";
import { scenarioWith } from "./scenarios.ts";

const KEPT = { turn: 0, order: 0, place: 0, answered: 0 };

let staging: Target;

beforeAll(async () => {
  staging = await readTarget("staging");
});

function rehearsed(options: Partial<RehearseOptions> = {}): Promise<Rehearsal> {
  return rehearse({ target: staging, scenario: scenarioWith(), ...options });
}

describe("a rehearsal", () => {
  const eventful = scenarioWith({
    events: [
      { atMs: 10_000, kind: "publish" },
      { atMs: 20_000, kind: "kv", how: "failing", forMs: 30_000 },
      { atMs: 25_000, kind: "restart-isolates" },
      { atMs: 40_000, kind: "deploy" },
      { atMs: 60_000, kind: "origin", how: "down", forMs: 10_000 },
      { atMs: 75_000, kind: "queue-it", how: "unreachable", forMs: 5000 },
      { atMs: 90_000, kind: "protect", page: "/" },
      { atMs: 100_000, kind: "switch", to: "off" },
      { atMs: 105_000, kind: "switch", to: "on" },
    ],
  });
  let first: Rehearsal;

  beforeAll(async () => {
    first = await rehearsed({ scenario: eventful });
  });

  it("finds every promise kept by the Worker as it ships, whatever happens meanwhile", () => {
    expect(first.breaches).toEqual([]);
    expect(first.breachCounts).toEqual(KEPT);
    expect(first.endedBy).toBe("done");
  });

  it("has all people served who do not leave, and no bot and no attacker", () => {
    for (const { kind, visitors, served, left, kept } of first.kinds) {
      const isToBeServed = kind !== "attacker" && kind !== "search-bot";
      expect({ kind, served: served + left, kept }).toEqual({
        kind,
        served: isToBeServed ? visitors : 0,
        kept: 0,
      });
    }
  });

  it("counts each request once, in the whole and over time", () => {
    const sum = (counts: Rehearsal["requests"]) => Object.values(counts).reduce((all, each) => all + each, 0);
    const all = sum(first.requests);
    expect(first.timeline.reduce((total, { requests }) => total + sum(requests), 0)).toBe(all);
    expect(first.kinds.reduce((total, { requests }) => total + requests, 0)).toBe(all);
    expect(first.requests).toMatchObject({ errors: 0, failedOpen: 0 });
    for (const name of ["bypassed", "withSession", "toWaitingRoom", "tokenTaken", "refused"] as const)
      expect(first.requests[name], name).toBeGreaterThan(0);
  });

  it("says what came of each event", () => {
    expect(first.events.map(({ what, outcome }) => `${what}: ${outcome ?? ""}`)).toEqual([
      expect.stringMatching(/publishes .*: version 2 is live everywhere after \d+ s/),
      "KV fails: 0 requests passed by failing open",
      "all isolates are new: nobody lost a session or a place",
      expect.stringMatching(/deployed: the bundle [0-9a-f]{12} answers in new isolates; nobody lost/),
      expect.stringMatching(/the site is down: \d+ requests? got the site's own error/),
      "Queue-it cannot be reached: 0 requests passed by failing open",
      expect.stringMatching(/protects \/: version 3 is live everywhere/),
      "the waiting room is switched off: its routes become bypasses: ",
      "the waiting room is switched on again: ",
    ]);
  });

  it("gives the same record for the same seed", async () => {
    const second = await rehearsed({ scenario: eventful });
    expect(recordOf(second)).toEqual(recordOf(first));
  });
});

describe("a Worker with a fault", () => {
  it("is caught when it accepts the session of another waiting room", async () => {
    const bundle = await planted(staging, ACCEPTS_ANY_ROOM);
    const kinds = { person: 0.5, attacker: 0.5 };
    const { breaches } = await rehearsed({ bundle, scenario: scenarioWith({ kinds, outflow: 6000 }) });
    const breach = breaches.find(({ what }) => what.includes("with cookies for demo"));
    expect(breach).toMatchObject({ promise: "turn", visitor: { kind: "attacker" } });
    expect(breach?.what).toMatch(/^saw a protected page without a turn: GET .* with cookies for demo/);
    expect(breach?.story.at(-1)?.got).toBe("sees the page");
  });

  it("is caught when a session of its never ends", async () => {
    const bundle = await planted(staging, FORGETS_THAT_SESSIONS_END);
    const kinds = { person: 0.5, attacker: 0.5 };
    const scenario = scenarioWith({ kinds, outflow: 6000, durationMs: 60 * 60_000 });
    const { breaches } = await rehearsed({ bundle, scenario });
    expect(breaches[0]).toMatchObject({ promise: "turn", visitor: { kind: "attacker" } });
    expect(breaches[0]?.atMs).toBeGreaterThan(20 * 60_000);
  });

  it("is caught when people with a session see nothing at all", async () => {
    const bundle = await planted(
      staging,
      `(worker) => ({ ...worker, fetch: (request, env, context) =>
        (request.headers.get("cookie") ?? "").includes("QueueITAccepted")
          ? new Response("")
          : worker.fetch(request, env, context) })`,
    );
    const scenario = scenarioWith({ kinds: { person: 1 }, outflow: 6000, visitors: 5 });
    const { breaches } = await rehearsed({ bundle, scenario });
    expect(breaches[0]).toMatchObject({ promise: "answered" });
    expect(breaches[0]?.what).toMatch(/^got status 200, which is not the site's/);
  });

  it("is caught when it fails open on a long header", async () => {
    const bundle = await planted(staging, FAILS_OPEN_ON_A_LONG_HEADER);
    const kinds = { person: 0.5, attacker: 0.5 };
    const { breaches, failedOpen } = await rehearsed({ bundle, scenario: scenarioWith({ kinds }) });
    expect(new Set(breaches.map(({ promise }) => promise))).toEqual(new Set(["turn"]));
    expect(breaches[0]?.what).toMatch(
      /^was let through because the Worker failed, and nothing around it had/,
    );
    expect(failedOpen).toHaveLength(1);
  });

  it("is caught when it forgets sessions at a deploy", async () => {
    const bundle = await planted(staging, FORGETS_SESSIONS_AT_A_DEPLOY);
    const kinds = { person: 1 };
    const events = [{ atMs: 30_000, kind: "deploy" }] as const;
    const scenario = scenarioWith({ kinds, events, visitors: 40, outflow: 6000 });
    const { breaches, breachCounts, events: happened } = await rehearsed({ bundle, scenario });
    expect(breachCounts).toMatchObject({ turn: 0, answered: 0 });
    expect(breaches[0]).toMatchObject({ promise: "place", visitor: { kind: "person" } });
    expect(breaches[0]?.what).toMatch(/sent back to the waiting room with a session that was good/);
    expect(breaches[0]?.atMs).toBeGreaterThanOrEqual(30_000);
    expect(happened[0]?.outcome).toMatch(/\d+ times? somebody lost a session or a place/);
  });
});

describe("a rotation of the secret", () => {
  it("is told as what it is: sessions of the old one are lost", async () => {
    const events = [{ atMs: 30_000, kind: "rotate-secret" }] as const;
    const scenario = scenarioWith({ kinds: { person: 1 }, events, visitors: 40, outflow: 6000 });
    const { breaches, breachCounts } = await rehearsed({ scenario });
    expect(breachCounts).toMatchObject({ turn: 0, answered: 0 });
    expect(breaches[0]?.what).toMatch(/with a session that the rotated secret does not fit/);
  });
});

describe("a rehearsal on this machine", () => {
  it("asks no other address, whatever the Worker's variables say", async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const bundle = await planted(
      staging,
      `(worker) => ({
        ...worker,
        async fetch(request, env, context) {
          await fetch("http://127.0.0.1:${port}/stolen").catch(() => undefined);
          return worker.fetch(request, env, context);
        },
      })`,
    );
    const scenario = scenarioWith({ visitors: 3, kinds: { person: 1 } });
    const { askedElsewhere, requests } = await rehearsed({ bundle, scenario });
    server.close();
    expect(asked).toBe(0);
    expect(askedElsewhere).toEqual([{ host: "127.0.0.1", requests: expect.any(Number) as number }]);
    expect(requests.withSession).toBeGreaterThan(0);
  });

  it("ends with what is known when its real time is over", async () => {
    const { endedBy, timeline } = await rehearsed({ atMostMs: 0 });
    expect(endedBy).toBe("real-time");
    expect(timeline).toHaveLength(1);
  });

  it("leaves a signal to whoever listens: Miniflare would end the process without a word", async () => {
    const stopListening = onInterruption(() => undefined);
    let listeners: number | undefined;
    const onProgress = () => (listeners ??= process.listeners("SIGINT").length);
    await rehearsed({ scenario: scenarioWith({ visitors: 1, kinds: { person: 1 } }), onProgress });
    stopListening();
    expect(listeners).toBe(1);
  });

  it("ends with what is known when it is interrupted", async () => {
    const { endedBy } = await rehearsed({ signal: AbortSignal.abort() });
    expect(endedBy).toBe("interrupted");
  });
});

/** Without what differs each time: real time, CPU and memory. */
function recordOf(rehearsal: Rehearsal): Partial<Rehearsal> {
  const { startedAt, tookMs, cpuMs, peakMemory, ...record } = rehearsal;
  expect([startedAt, tookMs, cpuMs, peakMemory]).toHaveLength(4);
  return record;
}
