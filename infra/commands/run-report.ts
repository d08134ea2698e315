import type { ReviewContext } from "../plan/context.ts";
import { environmentContext } from "../plan/environment-context.ts";
import { readPlanText } from "../plan/plan-file.ts";
import { reviewPlan } from "../plan/review.ts";
import { reviewVariables } from "./review-variables.ts";
import { readEnvironment } from "./read-environment.ts";
import type { ReportCommandOptions } from "./report.ts";
import { writeReport } from "./write-report.ts";

/** Reads a plan and reports it. */
export async function runReport(path: string, options: ReportCommandOptions): Promise<void> {
  const text = await readPlanText(path);
  const context: ReviewContext = {
    ...(options.environment !== undefined && environmentContext(await readEnvironment(options.environment))),
    ...reviewVariables(process.env),
  };
  await writeReport(reviewPlan(text, context), options);
}
