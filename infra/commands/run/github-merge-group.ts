import { EXIT } from "../../errors/user-error.ts";
import { mergeGroupEvent } from "../../github/merge-group.ts";
import { ownLogin } from "../../github/own-login.ts";
import { reviewInQueue } from "../../github/queue-review.ts";
import { type AuthorOption, connectGitHub, requireEnvironmentName, whileWriting } from "./github-context.ts";
import { type ReviewedPlanOptions, readReviewedPlan } from "./reviewed-plan.ts";
import { writeStepSummary } from "./step-summary.ts";

export interface GitHubMergeGroupOptions extends AuthorOption, ReviewedPlanOptions {}

/** Judges the plan of a merge queue's commit, tells the pull request, and sets the exit code. */
export async function runGitHubMergeGroup(
  environment: string,
  options: GitHubMergeGroupOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  const plan = await readReviewedPlan(environment, options);
  const group = await mergeGroupEvent(process.env["GITHUB_EVENT_PATH"]);
  const { mayMerge, text } = await whileWriting(async () => {
    const github = connectGitHub();
    return reviewInQueue(github, group, await ownLogin(github, options.author), plan);
  });
  process.stdout.write(`${text}\n`);
  await writeStepSummary(`### ${mayMerge ? "☑️" : "🛑"} Merge queue\n\n${text}`);
  if (!mayMerge) process.exitCode = EXIT.found;
}
