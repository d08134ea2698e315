import {
  cannotWork,
  MODES,
  outcome,
  SITE,
  SITE_WITH_SESSION,
  WAITS,
  type FaultCase,
  type Given,
} from "./fault-case.ts";

const EDGE = "Hooks of a site's own";
const HOOKS = "test/worker/hooks/fixtures/told.ts";

const PLACES = [
  ["before matching", "x-before", "before-matching-ignored"],
  ["after the decision", "x-after", "after-decision-ignored"],
  ["on the response", "x-response", "on-response-ignored"],
] as const;

/** What the hook does, as the header tells it, and what the log says of it. */
const FAULTS = [
  ["throws", "throws", "hook-failed"],
  ["rejects", "rejects", "hook-failed"],
  ["never resolves", "hangs", "hook-slow"],
  ["takes two seconds", "is slow", "hook-slow"],
  ["returns nonsense", '"nonsense"', "hook-refused"],
  ["returns what it may not", '{"headers":{"set-cookie":"a=b"}}', "hook-refused"],
] as const;

const told = (...headers: readonly string[]): Given => ({ hooks: HOOKS, headers });

/** A hook that fails is as good as none, in both modes: the queue goes on. */
const FAILING: readonly FaultCase[] = PLACES.flatMap(([place, header, event]) =>
  FAULTS.flatMap(([fault, what, reason]) => {
    const one = { edge: EDGE, fault: `a hook ${place} ${fault}`, given: told(`${header}: ${what}`) };
    const log = `${event}: ${reason}`;
    return [
      ...MODES.map((mode): FaultCase => ({
        ...one,
        visitor: "new",
        mode,
        expected: outcome(WAITS, 0, log),
      })),
      { ...one, visitor: "with a session", mode: "open", expected: outcome(SITE_WITH_SESSION, 1, log) },
    ];
  }),
);

const LEFT_ALONE = 'x-before: {"leaveAlone":true}';

export const HOOK_CASES: readonly FaultCase[] = [
  ...FAILING,
  ...MODES.flatMap((mode): readonly FaultCase[] => [
    {
      edge: EDGE,
      fault: "all three hooks throw",
      visitor: "new",
      mode,
      given: told("x-before: throws", "x-after: throws", "x-response: throws"),
      expected: outcome(WAITS, 0, ...PLACES.map(([, , event]) => `${event}: hook-failed`).sort()),
    },
    {
      edge: EDGE,
      fault: "a hook leaves a request alone while KV throws",
      visitor: "new",
      mode,
      given: { ...told(LEFT_ALONE), kv: { fault: "throws" } },
      expected: outcome(SITE, 1),
    },
    {
      edge: EDGE,
      fault: "a hook before matching throws, and so does KV",
      visitor: "new",
      mode,
      given: { ...told("x-before: throws"), kv: { fault: "throws" } },
      expected: withLine(
        cannotWork(mode, "configuration-unreadable"),
        "before-matching-ignored: hook-failed",
      ),
    },
    {
      edge: EDGE,
      fault: "a hook leaves a request alone, and the secret key is missing",
      visitor: "new",
      mode,
      given: { ...told(LEFT_ALONE), without: "secret" },
      expected: cannotWork(mode, "secret-key-missing"),
    },
  ]),
];

function withLine(expected: FaultCase["expected"], line: string): FaultCase["expected"] {
  return { ...expected, log: [line, ...expected.log].sort() };
}
