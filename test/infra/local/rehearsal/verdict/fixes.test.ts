import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rehearsal } from "../../../../../infra/local/rehearsal/rehearsal.ts";
import { fixesOf } from "../../../../../infra/local/rehearsal/verdict/fixes/fixes-of.ts";
import {
  breachOf,
  counts,
  MINUTE,
  rehearsalBreaking,
  rehearsalOf,
  rehearsalWith,
  waits,
} from "../rehearsals.ts";

const [people, attackers] = rehearsalWith().kinds;
const PERSON = people ?? {
  kind: "person",
  visitors: 0,
  requests: 0,
  served: 0,
  kept: 0,
  left: 0,
  waits: undefined,
};
const ATTACKER = attackers ?? PERSON;

/** Of each rule what it finds, and the nearest rehearsal in which there is nothing to find. */
const RULES: Readonly<Record<string, readonly [found: Rehearsal, not: Rehearsal]>> = {
  "passed-without-turn": [rehearsalBreaking("turn"), rehearsalBreaking("order")],
  "late-configuration": [
    rehearsalBreaking("turn", 3 * MINUTE, { kind: "protect", page: "/a", atMs: 2 * MINUTE }),
    rehearsalBreaking("turn", 9 * MINUTE, { kind: "protect", page: "/a", atMs: 2 * MINUTE }),
  ],
  "protects-nothing": [rehearsalWith({ requests: counts({ unprotected: 9 }) }), rehearsalWith()],
  "failed-open": [
    rehearsalWith({ failedOpen: [{ reason: "configuration-unreadable", requests: 2, visitors: 1 }] }),
    rehearsalWith({ failedOpen: [{ reason: "configuration-unreadable", requests: 0, visitors: 0 }] }),
  ],
  "lost-places": [rehearsalBreaking("place"), rehearsalBreaking("turn")],
  "own-errors": [
    rehearsalBreaking("answered"),
    rehearsalWith({ requests: counts({ siteErrors: 9, toWaitingRoom: 9 }) }),
  ],
  "kept-out": [
    rehearsalWith({ kinds: [PERSON, { ...PERSON, kind: "native-app", served: 0, kept: 9 }] }),
    rehearsalWith({ kinds: [PERSON, { ...PERSON, kind: "native-app", served: 1, kept: 8 }] }),
  ],
  "out-of-order": [rehearsalBreaking("order"), rehearsalWith()],
  borrowed: [rehearsalWith({ borrowed: 1 }), rehearsalWith()],
  "site-errors": [
    rehearsalWith({ requests: counts({ siteErrors: 2, toWaitingRoom: 98 }) }),
    rehearsalOf(
      { events: [{ kind: "origin", how: "down", atMs: 0, forMs: MINUTE }] },
      { requests: counts({ siteErrors: 2, toWaitingRoom: 98 }) },
    ),
  ],
  "slow-outflow": [rehearsalOf({ durationMs: 44 * MINUTE }), rehearsalOf({ durationMs: 46 * MINUTE })],
  "long-waits": [
    rehearsalWith({ kinds: [{ ...PERSON, waits: waits(61 * MINUTE) }] }),
    rehearsalWith({ kinds: [{ ...PERSON, waits: waits(60 * MINUTE) }] }),
  ],
  attackers: [
    rehearsalWith({
      kinds: [
        { ...PERSON, requests: 79 },
        { ...ATTACKER, requests: 21 },
      ],
    }),
    rehearsalWith({
      kinds: [
        { ...PERSON, requests: 80 },
        { ...ATTACKER, requests: 20 },
      ],
    }),
  ],
  "many-left": [leaving(24), leaving(22)],
  "assets-through-worker": [
    rehearsalWith({ requests: counts({ unprotected: 31, toWaitingRoom: 69 }) }),
    rehearsalWith({ requests: counts({ unprotected: 30, toWaitingRoom: 70 }) }),
  ],
  "asked-elsewhere": [
    rehearsalWith({ askedElsewhere: [{ host: "api.example.com", requests: 3 }] }),
    rehearsalWith(),
  ],
};

function leaving(left: number): Rehearsal {
  return rehearsalWith({ timeline: rehearsalWith().timeline.map((moment) => ({ ...moment, left })) });
}

describe.each(Object.entries(RULES))("%s", (rule, [found, not]) => {
  const rules = (rehearsal: Rehearsal) => fixesOf(rehearsal).map((fix) => fix.rule);

  it("is found", () => {
    expect(rules(found)).toContain(rule);
  });

  it("is not found in the nearest rehearsal without it", () => {
    expect(rules(not)).not.toContain(rule);
  });

  it("is described in docs/rehearsal/verdict.md", () => {
    const page = readFileSync(new URL("../../../../../docs/rehearsal/verdict.md", import.meta.url), "utf8");
    expect(page).toContain(`| \`${rule}\``);
  });
});

it("has no rule that is not tested here", () => {
  const source = readFileSync(
    new URL("../../../../../infra/local/rehearsal/verdict/fixes/fixes-of.ts", import.meta.url),
    "utf8",
  );
  const [, list = ""] = /RULES: readonly FixRule\[\] = \[([^\]]*)\]/.exec(source) ?? [];
  const names = list.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  const dashed = names.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  expect(dashed.sort()).toEqual(Object.keys(RULES).sort());
});

it("finds nothing in a rehearsal in which everything went well", () => {
  expect(fixesOf(rehearsalWith())).toEqual([]);
});

it("tells the gravest first", () => {
  const fixes = fixesOf(
    rehearsalWith({
      borrowed: 1,
      breaches: [breachOf("turn")],
      breachCounts: { turn: 1, order: 0, place: 0, answered: 0 },
    }),
  );
  expect(fixes.map(({ level }) => level)).toEqual(["high", "medium"]);
});

describe("lost places", () => {
  const remedyAfter = (...events: Parameters<typeof rehearsalBreaking>[2][]) =>
    fixesOf(rehearsalBreaking("place", 3 * MINUTE, ...events))[0];

  it("are put down to the rotation that came before them", () => {
    expect(remedyAfter({ kind: "rotate-secret", atMs: 2 * MINUTE })?.remedy).toContain(
      "Rotate it before the sale",
    );
  });

  it("are put down to what happened last before them", () => {
    const fix = remedyAfter({ kind: "rotate-secret", atMs: MINUTE }, { kind: "deploy", atMs: 2 * MINUTE });
    expect(fix?.title).toBe("Places or sessions lost after a deploy: 1");
  });

  it("are not put down to what came after them", () => {
    expect(remedyAfter({ kind: "deploy", atMs: 4 * MINUTE })?.remedy).toContain("CookieValidityMinute");
  });

  it("are told by cause where there are several, and none is counted twice", () => {
    const events = [{ kind: "deploy", atMs: 2 * MINUTE } as const];
    const rehearsal = rehearsalOf(
      { events },
      {
        breaches: [breachOf("place", MINUTE), breachOf("place", 3 * MINUTE)],
        breachCounts: { turn: 0, order: 0, place: 2, answered: 0 },
      },
    );
    expect(fixesOf(rehearsal).map(({ title }) => title)).toEqual([
      "Places or sessions lost with nothing else happening: at least 1",
      "Places or sessions lost after a deploy: at least 1",
    ]);
  });
});

it.each([
  ["configuration-unreadable", "Publish well before the sale"],
  ["secret-key-missing", "Deploy again"],
  ["unexpected-error", 'set failure: "closed"'],
])("says what to do about failing open for %s", (reason, remedy) => {
  const [fix] = fixesOf(rehearsalWith({ failedOpen: [{ reason, requests: 100, visitors: 9 }] }));
  expect(fix?.remedy).toContain(remedy);
});

it("takes failing open for grave when it is more than a hundredth of the Worker's requests", () => {
  const level = (requests: number) =>
    fixesOf(rehearsalWith({ failedOpen: [{ reason: "unexpected-error", requests, visitors: 1 }] }))[0]?.level;
  expect([level(39), level(40)]).toEqual(["medium", "high"]);
});
