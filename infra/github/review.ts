import { UserError } from "../errors.ts";
import type { RiskLevel } from "../plan/risks/risk.ts";
import { acceptanceLabel, judge, type Verdict, verdictNote } from "./acceptance.ts";
import { ANY_ANSWER, type GitHub } from "./client.ts";
import { commentText, shownIn } from "./comment-text.ts";
import type { PlanReport } from "./plan-report.ts";
import type { PullRequest } from "./pull-request.ts";
import { NOT_FOUND } from "./refusal.ts";
import { ownComments, writeComment } from "./sticky-comment.ts";

export interface ReviewedPlan {
  readonly report: PlanReport;
  /** The report for people, from the same plan. */
  readonly markdown: string;
  readonly failOn: RiskLevel;
}

/**
 * Puts a plan before the people of a pull request and says whether it may go on. One call does both, in this order:
 * judging after the comment was written would let a label accept what nobody had seen.
 */
export async function reviewOnPullRequest(
  github: GitHub,
  pullRequest: PullRequest,
  author: string,
  { report, markdown, failOn }: ReviewedPlan,
): Promise<Verdict> {
  const { number, commit, labels } = pullRequest;
  const { environment, digest } = report;
  if (shownIn(markdown).digest !== digest) {
    throw new UserError(
      "github-review",
      `The Markdown and the JSON report of ${environment} are not of the same plan: their digests differ. Give the two files that one run of queueit-cf plan ${environment} wrote.`,
    );
  }
  const label = acceptanceLabel(environment);
  const own = await ownComments(github, number, environment, author);
  const seen = own[0] === undefined ? undefined : shownIn(own[0].body);
  const verdict = judge({ ...report, commit }, failOn, labels.includes(label), seen);
  const text = commentText(environment, markdown, commit, verdictNote(verdict, environment));
  await writeComment(github, number, own, text);
  // Also where no label was seen: one that was set meanwhile was set without seeing this comment.
  if (verdict !== "accepted") await removeLabel(github, number, label);
  return verdict;
}

async function removeLabel(github: GitHub, number: number, label: string): Promise<void> {
  const path = `${github.repository}/issues/${number}/labels/${encodeURIComponent(label)}`;
  try {
    await github.send("DELETE", path, ANY_ANSWER);
  } catch (error) {
    if (!(error instanceof UserError && error.code === NOT_FOUND)) throw error;
  }
}
