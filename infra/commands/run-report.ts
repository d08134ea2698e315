import { writeFile } from "node:fs/promises";
import { wantsColours } from "../colours.ts";
import { UserError } from "../errors.ts";
import type { ReviewContext } from "../plan/context.ts";
import { environmentContext } from "../plan/environment-context.ts";
import { readPlanText } from "../plan/plan-file.ts";
import { jsonReport } from "../plan/report/json.ts";
import { markdownReport } from "../plan/report/markdown.ts";
import { terminalReport } from "../plan/report/terminal.ts";
import { type Review, reviewPlan } from "../plan/review.ts";
import { reaches } from "../plan/risks/risk.ts";
import { readEnvironment } from "./read-environment.ts";
import type { ReportCommandOptions } from "./report.ts";

/** Exit code when a risk of `--fail-on` was found: as Terraform's own, 1 stays for what went wrong. */
const RISK_FOUND = 2;

/** Reads a plan and reports it. */
export async function runReport(path: string, options: ReportCommandOptions): Promise<void> {
  const text = await readPlanText(path);
  const planKey = process.env["QUEUEIT_PLAN_KEY"];
  const context: ReviewContext = {
    ...(options.environment === undefined
      ? {}
      : environmentContext(await readEnvironment(options.environment))),
    ...(planKey === undefined || planKey === "" ? {} : { planKey }),
  };
  await writeReport(reviewPlan(text, context), options);
}

/** Writes a review in every form that was asked for, and sets the exit code of `--fail-on`. */
async function writeReport(review: Review, options: ReportCommandOptions): Promise<void> {
  const { json, markdown, out, failOn } = options;
  if (markdown !== undefined) await write(markdown, markdownReport(review));
  const report = json ? jsonReport(review) : terminalReport(review, out === undefined && wantsColours);
  if (out === undefined) process.stdout.write(report);
  else await write(out, report);
  if (failOn !== undefined && review.risk !== undefined && reaches(review.risk, failOn)) {
    process.exitCode = RISK_FOUND;
  }
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new UserError(
      "report-unwritable",
      `The report cannot be written to ${JSON.stringify(path)} (${reason}). Name a file in a folder that exists.`,
    );
  });
}
