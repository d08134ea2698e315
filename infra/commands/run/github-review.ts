import {
  type AuthorOption,
  type PullRequestOption,
  connectGitHub,
  pullRequestHere,
  requireEnvironmentName,
  whileWriting,
} from "./github-context.ts";
import { EXIT } from "../../errors/user-error.ts";
import { acceptanceLabel } from "../../github/acceptance.ts";
import { ownLogin } from "../../github/own-login.ts";
import { reviewOnPullRequest } from "../../github/review.ts";
import { type ReviewedPlanOptions, readReviewedPlan } from "./reviewed-plan.ts";

export interface GitHubReviewOptions extends AuthorOption, PullRequestOption, ReviewedPlanOptions {}

/** Writes the comment, judges the plan and sets the exit code. */
export async function runGitHubReview(environment: string, options: GitHubReviewOptions): Promise<void> {
  requireEnvironmentName(environment);
  const plan = await readReviewedPlan(environment, options);
  const { number, verdict } = await whileWriting(async () => {
    const github = connectGitHub();
    const pullRequest = await pullRequestHere(github, options.pullRequest);
    const login = await ownLogin(github, options.author);
    return { ...pullRequest, verdict: await reviewOnPullRequest(github, pullRequest, login, plan) };
  });
  const place = `pull request ${number}`;
  switch (verdict) {
    case "no-risk":
      process.stdout.write(`${environment}: no risk of level ${options.failOn}. The plan is in ${place}.\n`);
      return;
    case "accepted":
      process.stdout.write(
        `${environment}: the risks were accepted in ${place} with ${acceptanceLabel(environment)}.\n`,
      );
      return;
    case "not-accepted":
      process.stdout.write(
        `${environment}: the plan in ${place} has risks of level ${options.failOn} that nobody has accepted. ` +
          `Fix them, or accept exactly this plan with the label ${acceptanceLabel(environment)}.\n`,
      );
      process.exitCode = EXIT.found;
  }
}
