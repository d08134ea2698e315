import type { Change } from "../changes/change.ts";
import type { ReviewContext } from "../context.ts";
import type { CoveredUrl } from "../coverage.ts";
import type { Deployment } from "../deployment.ts";
import type { Plan } from "../plan.ts";
import type { Sentence } from "../sentence.ts";

/** From the least to the most. */
export const LEVELS = ["low", "medium", "high"] as const;

export type RiskLevel = (typeof LEVELS)[number];

/** Something in a plan that a person should look at before it is applied. */
export interface Risk {
  /** Name of the rule, for documentation and JSON. */
  readonly rule: string;
  readonly level: RiskLevel;
  readonly title: Sentence;
  /** What visitors or operators would notice. */
  readonly explanation: string;
  /** What to do when it is not meant. */
  readonly remedy: string;
}

/** What rules look at. */
export interface Facts {
  readonly plan: Plan;
  readonly context: ReviewContext;
  readonly changes: readonly Change[];
  readonly before: Deployment;
  readonly after: Deployment;
  readonly owner: string | undefined;
  readonly coverage: readonly CoveredUrl[];
}

export type RiskRule = (facts: Facts) => readonly Risk[];

/** Whether one level is as grave as another, or graver. */
export function reaches(level: RiskLevel, threshold: RiskLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
}
