import { describe, expect, it } from "vitest";
import type { PromiseName, Rehearsal } from "../../../../../infra/local/rehearsal/rehearsal.ts";
import type { ScenarioEvent } from "../../../../../infra/local/rehearsal/scenario.ts";
import { isBroken } from "../../../../../infra/local/rehearsal/verdict/verdict.ts";
import { verdictOf } from "../../../../../infra/local/rehearsal/verdict/verdict-of.ts";
import { breachOf, counts, MINUTE, rehearsalBreaking, rehearsalOf, rehearsalWith } from "../rehearsals.ts";

const DEPLOY: ScenarioEvent = { kind: "deploy", atMs: 2 * MINUTE };

const promise = (rehearsal: Rehearsal, name: PromiseName) =>
  verdictOf(rehearsal).promises.find((one) => one.promise === name);

describe("a promise is kept only where something could have broken it", () => {
  it("nobody passes without a turn, where attackers tried to", () => {
    expect(promise(rehearsalWith(), "turn")).toMatchObject({ state: "kept" });
  });

  it("is not tried without attackers", () => {
    const kinds = rehearsalWith().kinds.filter(({ kind }) => kind !== "attacker");
    expect(promise(rehearsalWith({ kinds }), "turn")).toMatchObject({
      state: "not-tried",
      sentence: "Nobody saw a protected page without a turn, but nobody tried to: there were no attackers.",
    });
  });

  it("is not tried where attackers were planned and none came", () => {
    const kinds = rehearsalWith().kinds.map((one) => ({ ...one, requests: one.kind === "attacker" ? 0 : 1 }));
    expect(promise(rehearsalWith({ kinds }), "turn")).toMatchObject({ state: "not-tried" });
  });

  it("says which tricks no attacker came to", () => {
    const tricks = rehearsalWith().tricks.filter((name) => name !== "sessions after their end");
    const verdict = verdictOf(rehearsalWith({ tricks }));
    expect(verdict.notTried).toContainEqual(
      expect.stringMatching(/^of what attackers try: sessions after their end /),
    );
    expect(verdict.promises[0]?.sentence).toMatch(/by 19 of 20 tricks\.$/);
    expect(verdictOf(rehearsalWith()).notTried.join()).not.toContain("of what attackers try");
  });

  it("is not tried where nobody was sent to the waiting room", () => {
    const requests = counts({ unprotected: 100 });
    expect(promise(rehearsalWith({ requests }), "turn")).toMatchObject({ state: "not-tried" });
  });

  it("the order is not tried where no two visitors stood in line", () => {
    const timeline = rehearsalWith().timeline.map((moment) => ({ ...moment, inLine: 1 }));
    expect(promise(rehearsalWith({ timeline }), "order")).toMatchObject({ state: "not-tried" });
    expect(promise(rehearsalWith(), "order")).toMatchObject({ state: "kept" });
  });

  it("places are kept through a deploy, and not tried without one", () => {
    expect(promise(rehearsalOf({ events: [DEPLOY] }), "place")).toMatchObject({
      state: "kept",
      sentence: "Nobody lost a place or a session. What happened meanwhile: a deploy.",
    });
    expect(promise(rehearsalWith(), "place")).toMatchObject({ state: "not-tried" });
  });

  it("places are not tried by a deploy that came after everybody had gone", () => {
    const timeline = rehearsalWith().timeline.map((moment) => ({ ...moment, inLine: 0, browsing: 0 }));
    expect(promise(rehearsalOf({ events: [DEPLOY] }, { timeline }), "place")).toMatchObject({
      state: "not-tried",
    });
  });

  it("places are not tried by a publish call whose version never was everywhere", () => {
    const scenario = { events: [{ kind: "publish", atMs: 2 * MINUTE }] } as const;
    const entry = {
      what: "a publish call",
      fromMs: 2 * MINUTE,
      toMs: undefined,
      outcome: "the Worker refused it",
    };
    const state = (isUnfinished: boolean) =>
      promise(rehearsalOf(scenario, { events: [{ ...entry, isUnfinished }] }), "place")?.state;
    expect([state(false), state(true)]).toEqual(["kept", "not-tried"]);
  });

  it("places are not tried by a deploy that was planned for after the end", () => {
    const events = [{ ...DEPLOY, atMs: 11 * MINUTE }];
    expect(promise(rehearsalOf({ events }), "place")).toMatchObject({ state: "not-tried" });
  });

  it("answers are not tried where nobody asked", () => {
    expect(promise(rehearsalWith({ requests: counts({}) }), "answered")).toMatchObject({
      state: "not-tried",
    });
  });
});

describe("a broken promise", () => {
  it.each(["turn", "order", "place", "answered"] as const)(
    "is told with its story, and breaks the verdict: %s",
    (name) => {
      const verdict = verdictOf(rehearsalBreaking(name));
      const broken = verdict.promises.filter(({ state }) => state === "broken");
      expect(broken).toMatchObject([{ promise: name, breaches: 1, stories: [{ visitor: { number: 17 } }] }]);
      expect(isBroken(verdict)).toBe(true);
      expect(verdict.headline).toMatch(/^1 promise broken: /);
    },
  );

  it("counts the breaches whose stories were not kept", () => {
    const breachCounts = { turn: 1200, order: 0, place: 0, answered: 0 };
    const rehearsal = rehearsalWith({ breaches: [breachOf("turn")], breachCounts });
    expect(promise(rehearsal, "turn")).toMatchObject({
      breaches: 1200,
      sentence: "1,200 times, somebody saw a protected page without having had a turn.",
    });
  });

  it("tells its story without tokens and cookies, whatever the engine left in it", () => {
    const [breach = breachOf("turn")] = [breachOf("turn")];
    const asked =
      "GET https://shop.example.com/?a=1&queueittoken=e_x~h_SECRET with QueueITAccepted-SDF_e=SECRET";
    const rehearsal = rehearsalWith({
      breaches: [{ ...breach, what: asked, story: [{ atMs: 0, asked, got: asked }] }],
      breachCounts: { turn: 1, order: 0, place: 0, answered: 0 },
    });
    expect(JSON.stringify(verdictOf(rehearsal))).not.toContain("SECRET");
  });
});

describe("failing open", () => {
  const rehearsal = rehearsalWith({
    requests: counts({ toWaitingRoom: 10, failedOpen: 12 }),
    failedOpen: [{ reason: "configuration-unreadable", requests: 12, visitors: 7 }],
  });

  it("is an exception that is told, not a broken promise", () => {
    expect(promise(rehearsal, "turn")).toMatchObject({ state: "excepted" });
    expect(promise(rehearsal, "turn")?.sentence).toContain("12 requests of 7 visitors passed without a turn");
    expect(isBroken(verdictOf(rehearsal))).toBe(false);
  });

  it("is in the headline, so that nobody takes it for green", () => {
    expect(verdictOf(rehearsal).headline).toBe(
      "No promise broken, but the connector failed, so there are exceptions: nobody passes without a turn, 1 not tried.",
    );
  });

  it("has its other side in failing closed: an answer, but none of the site", () => {
    const closed = rehearsalWith({ requests: counts({ toWaitingRoom: 10, errors: 3 }) });
    expect(promise(closed, "answered")).toMatchObject({
      state: "excepted",
      sentence: "3 requests got an error of the connector, as failing closed has it.",
    });
  });
});

describe("the headline", () => {
  it("says so when everything was tried and kept", () => {
    expect(verdictOf(rehearsalOf({ events: [DEPLOY] })).headline).toBe("All promises kept.");
  });

  it("counts what was not tried", () => {
    expect(verdictOf(rehearsalWith()).headline).toBe("3 promises kept, 1 not tried.");
  });

  it("claims nothing where nothing happened", () => {
    const nothing = { timeline: [], kinds: [], requests: counts({}) };
    expect(verdictOf(rehearsalWith(nothing)).headline).toBe("Nothing was shown: no promise was tried.");
  });
});

describe("what was not tried", () => {
  it("names each gap", () => {
    const { notTried } = verdictOf(rehearsalOf({ events: [DEPLOY] }));
    expect(notTried).toContain("a rotation of the secret key");
    expect(notTried).not.toContain("a deploy during the sale");
  });

  it("counts events that nobody was there to notice", () => {
    const events = [DEPLOY, { ...DEPLOY, atMs: 20 * MINUTE }];
    expect(verdictOf(rehearsalOf({ events })).notTried).toContain(
      "1 of the scenario’s 2 events: nobody was there any more to notice, or a version of the configuration was not everywhere at the end",
    );
  });

  it("has what an end before its time left out", () => {
    const { notTried } = verdictOf(rehearsalWith({ endedBy: "interrupted" }));
    expect(notTried).toContain("what would have come after it was ended early");
  });
});

describe("the line", () => {
  it("is as long as it was at most, with the time", () => {
    expect(verdictOf(rehearsalWith()).line).toEqual({
      longest: 810,
      longestAtMs: MINUTE,
      left: 0,
      emptyAtMs: 10 * MINUTE,
    });
  });

  it("has those who still waited at the end", () => {
    const timeline = rehearsalWith().timeline.slice(0, 5);
    expect(verdictOf(rehearsalWith({ timeline })).line).toMatchObject({ left: 450, emptyAtMs: undefined });
  });
});
