import { describe, expect, it } from "vitest";
import { type Case, judge } from "../../../../../infra/local/rehearsal/judge/judge.ts";
import type { Turn } from "../../../../../infra/local/rehearsal/judge/credential.ts";

const NOW = 1_800_000_000_000;
const QUEUES = { kind: "queue", room: "sale", rooms: ["sale"], validityMs: 1_200_000 } as const;
const OPEN = { kind: "open" } as const;
const TURN: Turn = { room: "sale", owner: 1, fromMs: NOW - 60_000, untilMs: NOW + 60_000 };
const PAGE = { kind: "page" } as const;
const TO_WAIT = {
  kind: "to-queue-it",
  link: "https://acme.queue-it.net/?c=acme&e=Sale",
  what: "wait",
} as const;

function judged(changes: Partial<Case>) {
  return judge({
    now: NOW,
    visitor: 1,
    protections: [QUEUES],
    isHonest: true,
    isHole: false,
    token: undefined,
    sessions: [],
    got: PAGE,
    failedOpen: false,
    gaveSession: false,
    isFaultDue: false,
    failsClosed: false,
    rotatedAtMs: undefined,
    ...changes,
  });
}

const session = (turn: Turn | undefined, room = "sale") => ({ value: "x", room, turn });

describe("a protected page that is seen", () => {
  it("breaks the promise of turns when nothing was brought", () => {
    expect(judged({}).breach).toMatchObject({ promise: "turn" });
  });

  it("is by right with a session of its waiting room", () => {
    expect(judged({ sessions: [session(TURN)] })).toMatchObject({
      breach: undefined,
      served: true,
      borrowed: false,
    });
  });

  it("is by right with a token", () => {
    expect(judged({ token: { value: "x", turn: TURN } })).toMatchObject({ breach: undefined, served: true });
  });

  it("breaks it with a session that has ended", () => {
    const turn = { ...TURN, untilMs: NOW - 3000 };
    expect(judged({ sessions: [session(turn)] }).breach).toMatchObject({ promise: "turn" });
  });

  it("breaks nothing in the second in which a session ends", () => {
    const turn = { ...TURN, untilMs: NOW };
    expect(judged({ sessions: [session(turn)] }).breach).toBeUndefined();
    expect(judged({ sessions: [session(turn)], got: TO_WAIT }).breach).toBeUndefined();
  });

  it("breaks it with the session of another waiting room, under whichever name", () => {
    const turn = { ...TURN, room: "other" };
    for (const room of ["other", "sale"])
      expect(judged({ sessions: [session(turn, room)] }).breach).toMatchObject({ promise: "turn" });
  });

  it("breaks it with what nobody was given", () => {
    expect(judged({ sessions: [session(undefined)] }).breach).toMatchObject({ promise: "turn" });
    expect(judged({ token: { value: "x", turn: undefined } }).breach).toMatchObject({ promise: "turn" });
  });

  it("is told apart when the turn was somebody else's", () => {
    expect(judged({ sessions: [session({ ...TURN, owner: 2 })] })).toMatchObject({
      breach: undefined,
      borrowed: true,
    });
  });

  it("breaks nothing while an isolate may have a configuration that leaves it open", () => {
    expect(judged({ protections: [OPEN, QUEUES] }).breach).toBeUndefined();
  });

  it("breaks nothing when the Worker fails open while something of ours is out of order", () => {
    expect(judged({ failedOpen: true, isFaultDue: true })).toMatchObject({
      breach: undefined,
      counted: "failedOpen",
    });
  });

  it("breaks it when the Worker fails open and nothing is", () => {
    expect(judged({ failedOpen: true }).breach).toMatchObject({ promise: "turn" });
  });
});

describe("a page that queues", () => {
  it("breaks the promise of turns when it is seen at an address that no route takes", () => {
    expect(judged({ protections: undefined, isHole: true })).toMatchObject({
      breach: { promise: "turn" },
      counted: "bypassed",
    });
  });
});

describe("somebody who is sent to the waiting room", () => {
  it("has not lost anything without a turn", () => {
    expect(judged({ got: TO_WAIT })).toMatchObject({ breach: undefined, counted: "toWaitingRoom" });
  });

  it("has lost their place with a session that is good", () => {
    expect(judged({ got: TO_WAIT, sessions: [session(TURN)] })).toMatchObject({
      breach: { promise: "place" },
      counted: "refused",
    });
  });

  it("has lost nothing of their own with the session of another", () => {
    expect(judged({ got: TO_WAIT, sessions: [session({ ...TURN, owner: 2 })] }).breach).toBeUndefined();
  });

  it("has lost it to a rotation when the session is older", () => {
    const { breach } = judged({ got: TO_WAIT, sessions: [session(TURN)], rotatedAtMs: NOW - 1000 });
    expect(breach?.what).toMatch(/rotated/);
  });
});

describe("an answer", () => {
  it("that gives a session to somebody without a turn breaks the promise of turns", () => {
    const got = { kind: "same-page", link: "https://shop.example.com/" } as const;
    expect(judged({ got, gaveSession: true }).breach).toMatchObject({ promise: "turn" });
  });

  it("with an error of the Worker's breaks the promise of answers", () => {
    expect(judged({ got: { kind: "our-error" } })).toMatchObject({
      breach: { promise: "answered" },
      counted: "errors",
    });
  });

  it("with an error is what an environment that fails closed wants while something is out of order", () => {
    const given = { got: { kind: "our-error" }, failsClosed: true } as const;
    expect(judged({ ...given, isFaultDue: true }).breach).toBeUndefined();
    expect(judged(given).breach).toMatchObject({ promise: "answered" });
  });

  it("of the site's own error is the site's", () => {
    expect(judged({ got: { kind: "site-error" } })).toMatchObject({
      breach: undefined,
      counted: "siteErrors",
    });
  });

  it("past the Worker is counted as such", () => {
    expect(judged({ protections: undefined })).toMatchObject({ breach: undefined, counted: "bypassed" });
  });
});

describe("what only somebody dishonest may get", () => {
  const otherRoom = { ...TO_WAIT, link: "https://acme.queue-it.net/?c=acme&e=other" };
  const samePage = { kind: "same-page", link: "https://shop.example.com/" } as const;

  it.each([
    ["a status that is not the site's", { got: { kind: "other", status: 404 } }, "answered"],
    [
      "an empty answer, although the session is good",
      { got: { kind: "other", status: 200 }, sessions: [session(TURN)] },
      "answered",
    ],
    ["the same page again and again", { got: samePage, sessions: [session(TURN)] }, "answered"],
    ["the waiting room in place of an open page", { got: TO_WAIT, protections: [OPEN] }, "answered"],
    ["another waiting room than the page's", { got: otherRoom }, "place"],
  ] as const)("%s breaks a promise", (_, changes, promise) => {
    expect(judged(changes).breach).toMatchObject({ promise });
    expect(judged({ ...changes, sessions: [], isHonest: false }).breach).toBeUndefined();
  });

  it("is not the redirect that takes a token out of the address", () => {
    const token = { value: "x", turn: TURN };
    expect(judged({ got: samePage, token, gaveSession: true }).breach).toBeUndefined();
  });

  it("is not the waiting room while one version of the configuration queues the page", () => {
    expect(judged({ got: TO_WAIT, protections: [OPEN, QUEUES] }).breach).toBeUndefined();
  });

  it("is what an environment that fails closed answers while something is out of order", () => {
    const got = { kind: "other", status: 429 } as const;
    expect(judged({ got, failsClosed: true, isFaultDue: true }).breach).toBeUndefined();
  });
});
