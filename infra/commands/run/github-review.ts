import type { RiskLevel } from "../../plan/risks/risk.ts";
import {
  type AuthorOption,
  type PullRequestOption,
  connectGitHub,
  pullRequestHere,
  readReportFile,
  requireEnvironmentName,
  requirePlanKey,
  whileWriting,
} from "./github-context.ts";
import { EXIT } from "../../errors/user-error.ts";
import { acceptanceLabel } from "../../github/acceptance.ts";
import { ownLogin } from "../../github/own-login.ts";
import { parsePlanReport } from "../../plan/report/read-report.ts";
import { reviewOnPullRequest } from "../../github/review.ts";

export interface GitHubReviewOptions extends AuthorOption, PullRequestOption {
  readonly report: string;
  readonly markdown: string;
  readonly failOn: RiskLevel;
  readonly authorMayAccept?: true;
}

/** Writes the comment, judges the plan and sets the exit code. */
export async function runGitHubReview(
  environment: string,
  { report, markdown, failOn, authorMayAccept, author, pullRequest: named }: GitHubReviewOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  const plan = {
    report: parsePlanReport(await readReportFile(report), environment),
    markdown: await readReportFile(markdown),
    failOn,
    planKey: requirePlanKey(),
    authorMayAccept: authorMayAccept === true,
  };
  const { number, verdict } = await whileWriting(async () => {
    const github = connectGitHub();
    const pullRequest = await pullRequestHere(github, named);
    const login = await ownLogin(github, author);
    return { ...pullRequest, verdict: await reviewOnPullRequest(github, pullRequest, login, plan) };
  });
  const place = `pull request ${number}`;
  switch (verdict) {
    case "no-risk":
      process.stdout.write(`${environment}: no risk of level ${failOn}. The plan is in ${place}.\n`);
      return;
    case "accepted":
      process.stdout.write(
        `${environment}: the risks were accepted in ${place} with ${acceptanceLabel(environment)}.\n`,
      );
      return;
    case "not-accepted":
      process.stdout.write(
        `${environment}: the plan in ${place} has risks of level ${failOn} that nobody has accepted. ` +
          `Fix them, or accept exactly this plan with the label ${acceptanceLabel(environment)}.\n`,
      );
      process.exitCode = EXIT.found;
  }
}
