import { commentToContinue, withAfterReview } from "../../github/after-review.ts";
import type { GitHub } from "../../github/client.ts";
import { beforeThePush, deployedPullRequests } from "../../github/deployed-pull-requests.ts";
import { readDeployResult } from "../../github/deploy-result.ts";
import { outcomeLabel, labelOutcome } from "../../github/outcome-labels.ts";
import { type JobResult, outcomeOf } from "../../github/outcome.ts";
import { outcomeBrief, outcomeText } from "../../github/outcome-text.ts";
import { ownLogin } from "../../github/own-login.ts";
import { isSigned, signed } from "../../github/signature.ts";
import { ownComments, writeComment } from "../../github/sticky-comment.ts";
import { isNews, type Told, toldIn, toldLine } from "../../github/told-outcome.ts";
import { writeStepSummary } from "./step-summary.ts";
import { terminal } from "./terminal.ts";
import {
  type AuthorOption,
  connectGitHub,
  requireCommit,
  requireEnvironmentName,
  requirePlanKey,
  runUrl,
  whileWriting,
} from "./github-context.ts";

export interface GitHubOutcomeOptions extends AuthorOption {
  readonly deployed: JobResult;
  readonly planned: JobResult;
  readonly changes?: string;
  readonly result?: string;
  readonly commit?: string;
}

/** Tells every pull request of a deploy what became of it. */
export async function runGitHubOutcome(
  environment: string,
  {
    deployed,
    planned,
    changes: said,
    result = "",
    commit = process.env["GITHUB_SHA"] ?? "",
    author,
  }: GitHubOutcomeOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  requireCommit(commit);
  const planKey = requirePlanKey();
  const changes = said === "true" || said === "false" ? said === "true" : undefined;
  const handed = readDeployResult(result);
  const outcome = outcomeOf({ environment, planned, changes, deployed, result: handed });
  const now = Date.now();
  const place = { environment, commit, runUrl: runUrl(), now };
  const told = { state: outcome.state, commit, at: Math.min(handed.at ?? now, now) };
  const [text, brief] = [outcomeText(outcome, place), outcomeBrief(outcome, place)];
  terminal.say(`${environment}: ${outcome.what}`);
  await whileWriting(async () => {
    const github = connectGitHub();
    await writeStepSummary(github.withoutSecrets(text));
    const numbers = await deployedPullRequests(github, {
      commit,
      before: await beforeThePush(process.env["GITHUB_EVENT_PATH"], commit),
      branch: process.env["GITHUB_REF_NAME"],
    });
    if (numbers.length === 0) {
      terminal.say(`Commit ${commit.slice(0, 12)} was merged by no pull request: there is none to tell.`);
      return;
    }
    const login = await ownLogin(github, author);
    for (const number of numbers) {
      if (!(await tell(github, number, environment, login, planKey, { text, brief, told }))) {
        terminal.say(
          `Pull request ${number} goes on saying what came of a run that ended later, or that deployed this commit.`,
        );
        continue;
      }
      const why = await labelOutcome(github, number, environment, outcome.state);
      const label = outcomeLabel(environment, outcome.state);
      terminal.say(
        why === undefined
          ? `Pull request ${number} says so, with the label ${label}.`
          : `Pull request ${number} says so, without the label ${label}: ${why}`,
      );
    }
  });
}

/** @returns Whether the comment says it now: what came of a later run stays. */
async function tell(
  github: GitHub,
  number: number,
  environment: string,
  login: string,
  planKey: string,
  said: { readonly text: string; readonly brief: string; readonly told: Told },
): Promise<boolean> {
  const place = { repository: github.repository, pullRequest: number, environment };
  const own = await ownComments(github, number, environment, login);
  const body = own[0]?.body;
  const before = body !== undefined && isSigned(body, place, planKey) ? toldIn(body) : undefined;
  if (!isNews(said.told, before)) return false;
  const line = toldLine(said.told);
  const text = {
    text: `${line}\n\n${github.withoutSecrets(said.text)}`,
    brief: `${line}\n\n${github.withoutSecrets(said.brief)}`,
  };
  const comment = withAfterReview(commentToContinue(body, place, planKey), text);
  await writeComment(github, number, own, signed(comment, place, planKey));
  return true;
}
