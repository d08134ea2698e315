import type { PlannedStack } from "../engine/engine.ts";
import { environmentContext } from "../plan/environment-context.ts";
import type { ReviewContext } from "../plan/context.ts";
import { type Review, reviewPlan } from "../plan/review.ts";
import type { Target } from "./target.ts";

/** What a review needs beside the environment. */
export type ReviewExtras = Pick<ReviewContext, "planKey" | "bundleBytes" | "promotionAssumed">;

/** Reviews a plan of a target. Pure. */
export function reviewOf({ named }: Target, planned: PlannedStack, extras: ReviewExtras): Review {
  return reviewPlan(planned.json, { ...environmentContext(named), ...extras });
}

/** Whether applying the plan would change nothing: what it found, or leaves alone, does not count. */
export function isEmpty({ changes }: Review): boolean {
  return changes.every(({ effect }) => effect === "drift" || effect === "untouched");
}

/** Whether applying the plan would change outputs of the state, and nothing in the account. */
export function changesOutputsOnly({ changes }: Review): boolean {
  return changes.every(
    ({ effect, kind }) => effect === "drift" || effect === "untouched" || kind === "output",
  );
}
