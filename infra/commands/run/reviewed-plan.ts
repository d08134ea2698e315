import type { ReviewedPlan } from "../../github/review.ts";
import { parsePlanReport } from "../../plan/report/read-report.ts";
import type { RiskLevel } from "../../plan/risks/risk.ts";
import { readReportFile, requirePlanKey } from "./github-context.ts";

/** The options of a command that judges a plan. */
export interface ReviewedPlanOptions {
  readonly report: string;
  readonly markdown: string;
  readonly failOn: RiskLevel;
  readonly authorMayAccept?: true;
}

/**
 * The plan that a workflow has reported, with how it is to be judged.
 *
 * @throws UserError where a file cannot be read or is of another environment, or there is no key.
 */
export async function readReviewedPlan(
  environment: string,
  { report, markdown, failOn, authorMayAccept }: ReviewedPlanOptions,
): Promise<ReviewedPlan> {
  return {
    report: parsePlanReport(await readReportFile(report), environment),
    markdown: await readReportFile(markdown),
    failOn,
    planKey: requirePlanKey(),
    authorMayAccept: authorMayAccept === true,
  };
}
