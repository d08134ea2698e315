import { UserError } from "../errors/user-error.ts";
import type { RiskLevel } from "../plan/risks/risk.ts";
import {
  acceptanceLabel,
  accepts,
  needsAcceptance,
  risksToAccept,
  type Seen,
  type Verdict,
  verdictNote,
  wasSeen,
} from "./acceptance.ts";
import { ANY_ANSWER, type GitHub } from "./client.ts";
import { commentText, publicReport, shownIn } from "./comment-text.ts";
import { labellingOf } from "./labelling.ts";
import type { PlanReport } from "../plan/report/read-report.ts";
import type { PullRequest } from "./pull-request.ts";
import { NOT_FOUND } from "./refusal.ts";
import { isSigned, signed } from "./signature.ts";
import { type OwnComment, ownComments, writeComment } from "./sticky-comment.ts";

export interface ReviewedPlan {
  readonly report: PlanReport;
  /** The report for people, from the same plan. */
  readonly markdown: string;
  readonly failOn: RiskLevel;
  /** Signs the comment, and tells our own from one that somebody edited. */
  readonly planKey: string;
  /**
   * Whether the author of the pull request may accept its risks: a team of one has nobody else.
   * @default false
   */
  readonly authorMayAccept?: boolean;
}

/**
 * Puts a plan before the people of a pull request and says whether it may go on. One call does both, in this
 * order: judging after the comment was written would let a label accept what nobody had seen.
 */
export async function reviewOnPullRequest(
  github: GitHub,
  pullRequest: PullRequest,
  author: string,
  { report, markdown, failOn, planKey, authorMayAccept = false }: ReviewedPlan,
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
  const place = { repository: github.repository, pullRequest: number, environment };
  const own = await ownComments(github, number, environment, author);
  const seen = own
    .slice(0, 1)
    .filter(({ body }) => isSigned(body, place, planKey))
    .map(seenIn)
    .at(0);
  const risks = risksToAccept(report, failOn);
  const plan = { ...report, commit, risks };
  const isLabelled = labels.includes(label);
  const labelling =
    isLabelled && needsAcceptance(plan, failOn) && wasSeen(plan, seen)
      ? await labellingOf(github, number, label)
      : undefined;
  const isAccepted =
    seen !== undefined && accepts(labelling, seen, authorMayAccept ? undefined : pullRequest.author);
  const verdict = !needsAcceptance(plan, failOn) ? "no-risk" : isAccepted ? "accepted" : "not-accepted";
  const text = commentText(environment, publicReport(markdown, github.withoutSecrets), commit, {
    note: verdictNote(verdict, environment, isLabelled),
    acceptedWith: isAccepted ? labelling?.event : undefined,
    risks,
  });
  await writeComment(github, number, own, signed(text, place, planKey));
  // Also where no label was seen: one that was set meanwhile was set without seeing this comment.
  if (verdict !== "accepted") await removeLabel(github, number, label);
  return verdict;
}

function seenIn({ body, updatedAt }: OwnComment): Seen {
  return { ...shownIn(body), writtenAt: updatedAt };
}

async function removeLabel(github: GitHub, number: number, label: string): Promise<void> {
  const path = `${github.repository}/issues/${number}/labels/${encodeURIComponent(label)}`;
  try {
    await github.send("DELETE", path, ANY_ANSWER);
  } catch (error) {
    if (!(error instanceof UserError && error.code === NOT_FOUND)) throw error;
  }
}
