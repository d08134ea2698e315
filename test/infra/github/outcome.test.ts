import { describe, expect, it } from "vitest";
import { deployResultOf, readDeployResult } from "../../../infra/github/deploy-result.ts";
import { acceptanceLabel } from "../../../infra/github/acceptance.ts";
import { outcomeLabel } from "../../../infra/github/outcome-labels.ts";
import {
  type JobResult,
  OUTCOME_STATES,
  outcomeOf,
  type OutcomeState,
} from "../../../infra/github/outcome.ts";
import { outcomeText } from "../../../infra/github/outcome-text.ts";
import { shownIn } from "../../../infra/github/comment-text.ts";
import { queuedIn } from "../../../infra/github/after-review.ts";

const DEPLOYED = {
  schema: "queueit-cf/deploy/1",
  environment: "staging",
  changed: true,
  bundle: "b".repeat(64),
};
const VERIFIED = { schema: "queueit-cf/verify/1", passed: true, verdict: "staging is ready.", checks: [] };
const FAILED = {
  ...VERIFIED,
  passed: false,
  verdict: "staging is not ready for the sale, because 1 of 9 checks failed (a page).",
  checks: [
    {
      name: "https://shop.example/ queues",
      outcome: "failed",
      detail: "answered 200",
      remedy: "deploy again",
    },
    { name: "another", outcome: "passed", detail: "fine", remedy: null },
  ],
};
const error = (code: string) => ({ error: { code, message: `This is what ${code} says.` } });

function outcome(
  deploy: object | undefined,
  verify?: object,
  ended: { readonly deployed?: JobResult; readonly planned?: JobResult; readonly changes?: boolean } = {},
) {
  const isGreen = deploy !== undefined && !("error" in deploy) && verify === VERIFIED;
  const { deployed = isGreen ? "success" : "failure", planned = "success", changes } = ended;
  const handed = JSON.stringify(deployResultOf(JSON.stringify(deploy), JSON.stringify(verify)));
  return outcomeOf({ environment: "staging", planned, changes, deployed, result: readDeployResult(handed) });
}

const textOf = (...args: Parameters<typeof outcome>) =>
  outcomeText(outcome(...args), {
    environment: "staging",
    commit: "c".repeat(40),
    runUrl: "https://github.com/acme/shop/actions/runs/42",
    now: Date.UTC(2026, 10, 26, 12, 30),
  });

describe("the outcome of a deploy", () => {
  it.each<[string, OutcomeState, Parameters<typeof outcome>]>([
    ["was deployed and verified", "deployed", [DEPLOYED, VERIFIED]],
    ["had nothing to change", "deployed", [{ ...DEPLOYED, changed: false }, VERIFIED]],
    [
      "was not needed, as its plan says",
      "deployed",
      [undefined, undefined, { deployed: "skipped", changes: false }],
    ],
    ["was not begun", "refused", [undefined, undefined, { deployed: "skipped" }]],
    [
      "was not begun, though there is something to change",
      "refused",
      [undefined, undefined, { deployed: "skipped", changes: true }],
    ],
    ["was refused for another plan", "refused", [error("not-the-reviewed-plan")]],
    ["was refused for its example values", "refused", [error("example-values")]],
    ["was interrupted", "failed", [error("interrupted")]],
    ["could not write a file, whenever that was", "failed", [error("file-refused")]],
    ["was deployed, and the sites do not answer with it", "attention", [error("not-answered")]],
    ["was refused in a freeze", "refused", [error("frozen")]],
    ["was never reviewed", "refused", [error("github-nothing-reviewed")]],
    ["could not be planned", "refused", [undefined, undefined, { planned: "failure", deployed: "skipped" }]],
    ["failed halfway", "failed", [error("apply-failed")]],
    ["ended by an error of which nobody knows when it came", "failed", [error("fault")]],
    ["ended by an error that this version does not know", "failed", [error("no-such-code")]],
    ["does not work", "attention", [DEPLOYED, FAILED]],
    ["could not be verified", "attention", [DEPLOYED, error("secret-key-missing")]],
    ["was cancelled before it was verified", "attention", [DEPLOYED, undefined, { deployed: "cancelled" }]],
    ["was cancelled without a word", "attention", [undefined, undefined, { deployed: "cancelled" }]],
    ["ended without a word", "attention", [undefined, undefined, { deployed: "failure" }]],
  ])("that %s is %s", (_name, state, args) => {
    expect(outcome(...args).state).toBe(state);
  });

  it("is never called deployed where verifying found something, whatever the job says", () => {
    for (const deployed of ["failure", "cancelled"] as const)
      expect(outcome(DEPLOYED, FAILED, { deployed }).state).toBe("attention");
  });

  it("says when, which commit, where the run is, what was found and what to do", () => {
    const text = textOf(DEPLOYED, FAILED);
    expect(text).toContain("### ⚠️ The deploy to `staging` needs attention");
    expect(text).toContain(
      "2026-11-26 12:30 UTC · commit cccccccccccc · [run](https://github.com/acme/shop/actions/runs/42)",
    );
    expect(text).toContain("- `https://shop.example/ queues`: answered 200\n  <br>→ deploy again");
    expect(text).not.toContain("another");
    expect(text).toContain("npx queueit-cf rollback staging");
  });

  it("says what a refusal said, and that nothing was changed", () => {
    expect(textOf(error("frozen"))).toMatch(/Nothing was changed\.\n\n> This is what frozen says/);
  });
});

it("has labels that GitHub makes, also for the longest name of an environment", () => {
  const longest = "e".repeat(40);
  const labels = [acceptanceLabel(longest), ...OUTCOME_STATES.map((state) => outcomeLabel(longest, state))];
  expect(labels.filter((label) => label.length > 50)).toEqual([]);
  expect(new Set(labels).size).toBe(5);
  expect(acceptanceLabel("staging")).toBe("accept-risk-staging");
});

it("has a label of its own for each environment, whatever the names begin with", () => {
  const name = "e".repeat(35);
  expect(acceptanceLabel(`risk-${name}`)).not.toBe(acceptanceLabel(name));
});

describe("what a command said", () => {
  const HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "@everyone #1 `code` **bold**",
    "<!-- queueit-cf commit " + "a".repeat(40) + " -->",
    `Digest \`${"a".repeat(64)}\``,
    `<!-- queueit-cf queued ${"a".repeat(40)} ${"a".repeat(64)} -->`,
    "<!-- queueit-cf after the review -->",
    "::set-output name=x::y",
    "\u202Eevil\u0007",
    "${{ secrets.X }}",
    "</details>",
    "| a | b |",
  ].join("\n");

  const texts = [
    textOf({ error: { code: "apply-failed", message: HOSTILE } }),
    textOf({ error: { code: HOSTILE, message: HOSTILE } }),
    textOf(DEPLOYED, {
      ...FAILED,
      verdict: HOSTILE,
      checks: [{ name: HOSTILE, outcome: "failed", detail: HOSTILE, remedy: HOSTILE }],
    }),
  ];

  it.each(texts.map((text) => [text]))("stays text in a comment, and no line that programs read", (text) => {
    // A code span shows whatever is in it.
    expect(text.replaceAll(/``.*?``(?!`)/g, "")).not.toMatch(/<(?!br>)[a-z!/]/i);
    expect(text.replaceAll(/``.*?``(?!`)/g, "")).not.toMatch(/\]\(java|@everyone|\*\*bold|\u202E|\u0007/);
    expect(text).not.toMatch(/^::/m);
    expect(shownIn(text)).toEqual({ digest: undefined, commit: undefined, acceptedWith: undefined });
    expect(queuedIn(text)).toBeUndefined();
  });

  it("is cut where it is long", () => {
    const message = Array.from({ length: 500 }, () => "x".repeat(1000)).join("\n");
    expect(textOf({ error: { code: "apply-failed", message } }).length).toBeLessThan(4000);
    const checks = Array.from({ length: 300 }, () => ({ ...FAILED.checks[0], detail: "y".repeat(5000) }));
    expect(textOf(DEPLOYED, { ...FAILED, checks }).length).toBeLessThan(12_000);
  });

  it.each(["", "null", "[]", "{", '{"deploy":{"changed":"yes"}}', '"text"'])(
    "is nothing where it is %j",
    (handed) => {
      expect(readDeployResult(handed)).toEqual({});
    },
  );
});
