import { UserError } from "../errors/user-error.ts";
import { changesSomething } from "../plan/report/read-report.ts";
import { acceptanceLabel, accepts, needsAcceptance, risksToAccept, type Seen } from "./acceptance.ts";
import { commentToContinue, queuedIn, withAfterReview } from "./after-review.ts";
import type { GitHub } from "./client.ts";
import { publicReport, shownIn } from "./comment-text.ts";
import { labellingOf } from "./labelling.ts";
import { type MergeGroup, pullRequestsIn } from "./merge-group.ts";
import { planDifference } from "./plan-difference.ts";
import { type PullRequest, readPullRequest } from "./pull-request.ts";
import { NOT_FOUND } from "./refusal.ts";
import type { ReviewedPlan } from "./review.ts";
import { isSigned, signed } from "./signature.ts";
import { type OwnComment, ownComments, writeComment } from "./sticky-comment.ts";

/** What a merge queue makes of the plan of the commit that it tests. */
export interface QueueVerdict {
  readonly mayMerge: boolean;
  /** Why, in Markdown, as the comment says it too. */
  readonly text: string;
}

/**
 * Judges the plan of what a merge queue tests: it may be merged where exactly this plan was reviewed in one of the
 * group's pull requests, with its risks accepted there, or where it changes nothing. The group's own pull request
 * is told, and what was tested is kept there for the deploy.
 */
export async function reviewInQueue(
  github: GitHub,
  group: MergeGroup,
  author: string,
  plan: ReviewedPlan,
): Promise<QueueVerdict> {
  const { report, planKey } = plan;
  const { environment, digest } = report;
  const numbers = await pullRequestsIn(github, group);
  const [own, others] = await Promise.all([
    readMember(github, group.pullRequest, author, plan),
    Promise.all(
      numbers
        .filter((number) => number !== group.pullRequest)
        .map((number) => readMember(github, number, author, plan).catch(isNone)),
    ),
  ]);
  const counting = [
    own,
    ...others
      .filter((member) => member !== undefined)
      .filter(({ pullRequest: { isOpen, base } }) => isOpen && base === group.base),
  ];
  const verdict = await judge(github, counting, plan);
  const place = { repository: github.repository, pullRequest: own.pullRequest.number, environment };
  const heading = `### ${verdict.mayMerge ? "☑️" : "🛑"} Merge queue`;
  const tested = `The queue tested commit ${group.commit.slice(0, 12)} and planned it once more.`;
  const comment = commentToContinue(own.comments[0]?.body, place, planKey);
  const stopped = queuedIn(comment)?.commit === group.commit ? null : undefined;
  const text = withAfterReview(comment, {
    text: `${heading}\n\n${tested} ${verdict.text}`,
    brief: `${heading}\n\n${tested} ${verdict.mayMerge ? "It may be merged." : "It is stopped: the run's log says why."}`,
    queued: verdict.mayMerge ? { commit: group.commit, digest } : stopped,
  });
  await writeComment(github, own.pullRequest.number, own.comments, signed(text, place, planKey));
  return verdict;
}

/** A pull request of the group, and what was reviewed there. */
interface Member {
  readonly pullRequest: PullRequest;
  readonly comments: readonly OwnComment[];
  /** The plan of its last commit, as our signed comment shows it. */
  readonly reviewed: (Seen & { readonly report: string }) | undefined;
}

/** A branch that somebody pushed may look like one of the queue, with the number of no pull request. */
function isNone(error: unknown): undefined {
  if (!(error instanceof UserError && error.code === NOT_FOUND)) throw error;
  return undefined;
}

async function readMember(
  github: GitHub,
  number: number,
  author: string,
  { report: { environment }, planKey }: ReviewedPlan,
): Promise<Member> {
  const [pullRequest, comments] = await Promise.all([
    readPullRequest(github, { number }),
    ownComments(github, number, environment, author),
  ]);
  const [comment] = comments;
  const place = { repository: github.repository, pullRequest: number, environment };
  if (comment === undefined || !isSigned(comment.body, place, planKey))
    return { pullRequest, comments, reviewed: undefined };
  const shown = shownIn(comment.body);
  const isCurrent = shown.digest !== undefined && shown.commit === pullRequest.commit;
  const reviewed = isCurrent ? { ...shown, writtenAt: comment.updatedAt, report: comment.body } : undefined;
  return { pullRequest, comments, reviewed };
}

async function judge(
  github: GitHub,
  members: readonly Member[],
  { report, markdown, failOn, authorMayAccept = false }: ReviewedPlan,
): Promise<QueueVerdict> {
  const { environment, digest, highestRisk } = report;
  const isRisky = needsAcceptance(report, failOn);
  const same = members.filter(({ reviewed }) => reviewed?.digest === digest);
  if (same.length === 0) {
    if (!changesSomething(report) && !isRisky)
      return { mayMerge: true, text: `This plan of \`${environment}\` changes nothing.` };
    return {
      mayMerge: false,
      text: differenceText(environment, members, publicReport(markdown, github.withoutSecrets)),
    };
  }
  const place = same.map(({ pullRequest: { number } }) => `#${number}`).join(" and ");
  if (!isRisky)
    return {
      mayMerge: true,
      text: `This plan of \`${environment}\` is the one that was reviewed in ${place}.`,
    };
  const accepted = await Promise.all(
    same.map(
      async (member) =>
        member.reviewed?.risks === risksToAccept(report, failOn) &&
        (await isAccepted(github, member, environment, authorMayAccept)),
    ),
  );
  const acceptedIn = same.filter((_member, index) => accepted[index] === true);
  if (acceptedIn.length > 0) {
    const where = acceptedIn.map(({ pullRequest: { number } }) => `#${number}`).join(" and ");
    return {
      mayMerge: true,
      text: `This plan of \`${environment}\` is the one that was reviewed, and its risks were accepted, in ${where}.`,
    };
  }
  return {
    mayMerge: false,
    text:
      `This plan of \`${environment}\` is the one that was reviewed in ${place}, but it has a risk of level ` +
      `${highestRisk ?? failOn} now that nobody accepted there. Look at the plan in the run's summary; the time, or what ` +
      `else is in the account, may have brought the risk. To accept it: run the plan of ${place} again, set the label ` +
      `\`${acceptanceLabel(environment)}\` there, and queue it again.`,
  };
}

/** Whether the label that accepted the plan's risks still stands. */
async function isAccepted(
  github: GitHub,
  { pullRequest: { number, labels, author }, reviewed }: Member,
  environment: string,
  authorMayAccept: boolean,
): Promise<boolean> {
  const label = acceptanceLabel(environment);
  if (reviewed?.acceptedWith === undefined || !labels.includes(label)) return false;
  const labelling = await labellingOf(github, number, label);
  return (
    labelling?.event === reviewed.acceptedWith &&
    accepts(labelling, reviewed, authorMayAccept ? undefined : author)
  );
}

function differenceText(environment: string, members: readonly Member[], markdown: string): string {
  const [own] = members;
  const number = own?.pullRequest.number ?? 0;
  const head = `This plan of \`${environment}\` was reviewed in none of ${members.map(({ pullRequest }) => `#${pullRequest.number}`).join(", ")}.`;
  const next =
    "Nothing is merged. What stands before it in the queue may not be deployed yet, or changes the same: wait until it is, " +
    `run the plan of #${number} again, have that one reviewed, and queue it again.`;
  if (own?.reviewed === undefined) {
    return (
      `${head} #${number} itself has no comment with a plan of its last commit: it comes from a fork or a bot, ` +
      "the plan failed, or somebody edited the comment. Push its branch to this repository after reading it, so that it " +
      "is planned and reviewed; then queue it again."
    );
  }
  return `${head} ${next}\n\n${planDifference(own.reviewed.report, markdown)}`;
}
