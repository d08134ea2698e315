import {
  type AuthorOption,
  type PullRequestOption,
  connectGitHub,
  pullRequestHere,
  readReportFile,
  requireEnvironmentName,
  requirePlanKey,
  runUrl,
  whileWriting,
} from "./github-context.ts";
import { UserError } from "../../errors/user-error.ts";
import { commentText, failedText, publicReport } from "../../github/comment-text.ts";
import { ownLogin } from "../../github/own-login.ts";
import { signed } from "../../github/signature.ts";
import { ownComments, writeComment } from "../../github/sticky-comment.ts";

export interface GitHubCommentOptions extends AuthorOption, PullRequestOption {
  readonly markdown?: string;
  readonly failed?: true;
}

/** Writes or updates the comment. */
export async function runGitHubComment(
  environment: string,
  { markdown, failed, author, pullRequest: number }: GitHubCommentOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  if (markdown === undefined && failed === undefined) {
    throw new UserError(
      "github-comment-nothing",
      "There is nothing to write. Give --markdown with the report of a plan, or --failed.",
    );
  }
  const report = markdown === undefined ? undefined : await readReportFile(markdown);
  const planKey = report === undefined ? "" : requirePlanKey();
  await whileWriting(async () => {
    const github = connectGitHub();
    const pullRequest = await pullRequestHere(github, number);
    const text =
      report === undefined
        ? failedText(environment, pullRequest.commit, runUrl())
        : signed(
            commentText(environment, publicReport(report, github.withoutSecrets), pullRequest.commit),
            { repository: github.repository, pullRequest: pullRequest.number, environment },
            planKey,
          );
    const own = await ownComments(github, pullRequest.number, environment, await ownLogin(github, author));
    const outcome = await writeComment(github, pullRequest.number, own, text);
    process.stdout.write(`${environment}: comment on pull request ${pullRequest.number} ${outcome}.\n`);
  });
}
