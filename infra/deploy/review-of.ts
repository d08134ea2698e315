import type { PlannedStack } from "../terraform/stack.ts";
import { settled } from "../environments/definition/settled.ts";
import { environmentContext } from "../plan/environment-context.ts";
import type { ReviewContext } from "../plan/context.ts";
import { type Review, reviewPlan } from "../plan/review.ts";
import type { FoundConnector } from "../verify/find-connector.ts";
import type { Target } from "../specification/target.ts";

/** What a review needs beside the environment. */
export type ReviewExtras = Pick<
  ReviewContext,
  | "planKey"
  | "secrets"
  | "bundleBytes"
  | "promotionAssumed"
  | "connectorAnswersAt"
  | "silentPages"
  | "zoneRoutes"
  | "accountWorkers"
  | "now"
>;

/** Reviews a plan of a target. Pure. */
export function reviewOf({ named, spec }: Target, planned: PlannedStack, extras: ReviewExtras): Review {
  const { switches, routes } = spec;
  const protects = routes.filter(({ kind }) => kind === "protect").map(({ pattern }) => pattern);
  const meant = { protects, failure: settled(named).failure };
  return reviewPlan(planned.json, { ...environmentContext(named), switches, meant, ...extras });
}

/**
 * Reviews a plan that a person is going to read. Where the state is empty it looks whether something is
 * deployed all the same: the state is then elsewhere.
 *
 * @param findConnector Looks for a connector that answers already.
 */
export async function reviewToRead(
  target: Target,
  planned: PlannedStack,
  extras: ReviewExtras,
  findConnector: () => Promise<FoundConnector>,
): Promise<Review> {
  const review = reviewOf(target, planned, extras);
  if (!review.risks.some(({ rule }) => rule === "no-earlier-state")) return review;
  const { answersAt, silent } = await findConnector();
  return reviewOf(target, planned, {
    ...extras,
    ...(answersAt !== undefined && { connectorAnswersAt: answersAt }),
    silentPages: silent,
  });
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
