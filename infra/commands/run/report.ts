import type { ReviewContext } from "../../plan/context.ts";
import { environmentContext } from "../../plan/environment-context.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { readProject } from "../../project/project.ts";
import { readPlanText } from "./plan-file.ts";
import { reviewPlan } from "../../plan/review.ts";
import { reviewVariables } from "./review-variables.ts";
import { requireWritable, writeReport, type ReportOptions } from "./write-report.ts";

export interface ReportCommandOptions extends ReportOptions {
  readonly environment?: string;
}

/** Reads a plan and reports it. */
export async function runReport(path: string, options: ReportCommandOptions): Promise<void> {
  await requireWritable([options.out, options.markdown], path);
  const text = await readPlanText(path);
  const context: ReviewContext = {
    ...(options.environment !== undefined &&
      environmentContext(pickEnvironment((await readProject()).environments, options.environment))),
    ...reviewVariables(process.env),
  };
  await writeReport(reviewPlan(text, context), options);
}
