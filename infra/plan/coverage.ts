import { settledCoverage } from "../environments/definition/settled.ts";
import type { Coverage } from "../environments/environment.ts";
import { type ActionEffect, actionEffect } from "../queue-it/action-effect.ts";
import type { Deployment } from "./deployment.ts";
import { actionLookup, type Explanation, explainUrl } from "./routing.ts";

export type Expectation = keyof Coverage;

/** One URL of an environment's coverage, before and after the plan. */
export interface CoveredUrl {
  readonly url: string;
  readonly expected: Expectation;
  readonly before: Explanation;
  readonly after: Explanation;
  /** Why the expectation is broken after the plan, continuing "…"; undefined when it holds. */
  readonly broken: string | undefined;
}

/** What becomes of each URL that an environment has an expectation for. */
export function coverageOf(
  coverage: Coverage | undefined,
  before: Deployment,
  after: Deployment,
  owner: string | undefined,
): readonly CoveredUrl[] {
  const actionBefore = actionLookup(before.configuration, before.matching);
  const actionAfter = actionLookup(after.configuration, after.matching);
  const urls = settledCoverage(coverage);
  const expectations: readonly Expectation[] = ["protected", "bypassed", "ignored"];
  return expectations.flatMap((expected) =>
    urls[expected].map((url) => {
      const parsed = new URL(url);
      const explained = explainUrl(parsed, after.routes, actionAfter);
      return {
        url,
        expected,
        before: explainUrl(parsed, before.routes, actionBefore),
        after: explained,
        broken: broken(expected, explained, owner),
      };
    }),
  );
}

function broken(
  expected: Expectation,
  { outcome, action }: Explanation,
  owner: string | undefined,
): string | undefined {
  if (outcome === "uncertain") return "its route is only known after the apply";
  const effect = action === undefined || action === "none" ? "none" : actionEffect(action.type);
  switch (expected) {
    case "protected":
      if (outcome !== "protected") return "the Worker does not see it, so nobody queues there";
      // Queue-it publishes its actions when it likes: only a file is a promise.
      return owner === "file" ? PASSED[effect] : undefined;
    case "bypassed":
      return outcome === "protected" ? "the Worker sees it, and every request is paid for" : undefined;
    case "ignored":
      return outcome === "protected" ? DISTURBED[effect] : "the Worker does not see it";
  }
}

type AppliedEffect = ActionEffect | "none";

/** Why visitors get a page without queueing. */
const PASSED: Readonly<Record<AppliedEffect, string | undefined>> = {
  Queue: undefined,
  Cancel: "its Cancel action lets everybody without a session pass",
  Ignore: "an action of the integration configuration lets everybody pass",
  none: "no action of the integration configuration queues it",
};

/** Why a page does not leave visitors alone. */
const DISTURBED: Readonly<Record<AppliedEffect, string | undefined>> = {
  Queue: "an action of the integration configuration queues it",
  Cancel: "an action of the integration configuration ends sessions there",
  Ignore: undefined,
  none: undefined,
};
