import { EXIT } from "../../errors/user-error.ts";
import { mergeGroupEvent } from "../../github/merge-group.ts";
import { ownLogin } from "../../github/own-login.ts";
import { reviewInQueue } from "../../github/queue-review.ts";
import { parsePlanReport } from "../../plan/report/read-report.ts";
import type { RiskLevel } from "../../plan/risks/risk.ts";
import {
  type AuthorOption,
  connectGitHub,
  readReportFile,
  requireEnvironmentName,
  requirePlanKey,
  whileWriting,
} from "./github-context.ts";
import { writeStepSummary } from "./step-summary.ts";

export interface GitHubMergeGroupOptions extends AuthorOption {
  readonly report: string;
  readonly markdown: string;
  readonly failOn: RiskLevel;
  readonly authorMayAccept?: true;
}

/** Judges the plan of a merge queue's commit, tells the pull request, and sets the exit code. */
export async function runGitHubMergeGroup(
  environment: string,
  { report, markdown, failOn, authorMayAccept, author }: GitHubMergeGroupOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  const plan = {
    report: parsePlanReport(await readReportFile(report), environment),
    markdown: await readReportFile(markdown),
    failOn,
    planKey: requirePlanKey(),
    authorMayAccept: authorMayAccept === true,
  };
  const group = await mergeGroupEvent(process.env["GITHUB_EVENT_PATH"]);
  const { mayMerge, text } = await whileWriting(async () => {
    const github = connectGitHub();
    return reviewInQueue(github, group, await ownLogin(github, author), plan);
  });
  process.stdout.write(`${text}\n`);
  await writeStepSummary(`### ${mayMerge ? "☑️" : "🛑"} Merge queue\n\n${text}`);
  if (!mayMerge) process.exitCode = EXIT.found;
}
