import type { ReportOptions } from "../report-options.ts";
import type { ReviewContext } from "../../plan/context.ts";
import { environmentContext } from "../../plan/environment-context.ts";
import { readPlanText } from "../../plan/plan-file.ts";
import { reviewPlan } from "../../plan/review.ts";
import { reviewVariables } from "./review-variables.ts";
import { readEnvironment } from "./read-environment.ts";
import { requireWritable, writeReport } from "./write-report.ts";

export interface ReportCommandOptions extends ReportOptions {
  readonly environment?: string;
}

/** Reads a plan and reports it. */
export async function runReport(path: string, options: ReportCommandOptions): Promise<void> {
  await requireWritable(options.out, options.markdown);
  const text = await readPlanText(path);
  const context: ReviewContext = {
    ...(options.environment !== undefined && environmentContext(await readEnvironment(options.environment))),
    ...reviewVariables(process.env),
  };
  await writeReport(reviewPlan(text, context), options);
}
