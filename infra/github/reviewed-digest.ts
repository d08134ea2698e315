import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import { queuedIn } from "./after-review.ts";
import { shownIn } from "./comment-text.ts";
import { isSigned } from "./signature.ts";
import { ownComments } from "./sticky-comment.ts";

const pullRequests = z.array(
  z.object({
    number: z.int(),
    merged_at: z.string().nullable(),
    merge_commit_sha: z.string().nullable(),
    head: z.object({ sha: z.string() }),
    base: z.object({ ref: z.string() }),
  }),
);

export interface ReviewedCommit {
  /** What the pull request was merged as. */
  readonly commit: string;
  /** The branch that it was merged into; undefined where any will do. */
  readonly branch: string | undefined;
  readonly environment: string;
  /** Login that our comments have. */
  readonly author: string;
  /** What our comments are signed with. */
  readonly planKey: string;
}

/**
 * The digest of the plan that was reviewed before a commit was merged, from the comment of its pull request: the one
 * that a merge queue made of this very commit, or that of the pull request's last commit.
 *
 * @throws UserError when nothing was reviewed: the commit was pushed directly, the last commit of its pull
 *   request was never planned, nobody but a stranger wrote a comment, or somebody edited ours.
 */
export async function reviewedDigest(github: GitHub, reviewed: ReviewedCommit): Promise<string> {
  const { environment, author, planKey } = reviewed;
  const { number, head } = await mergedPullRequest(github, reviewed);
  const [comment] = await ownComments(github, number, environment, author);
  const place = { repository: github.repository, pullRequest: number, environment };
  if (
    comment !== undefined &&
    (shownIn(comment.body).digest ?? queuedIn(comment.body)) !== undefined &&
    !isSigned(comment.body, place, planKey)
  ) {
    throw nothingReviewed(
      `The plan for ${environment} in pull request ${number} is not what was written there: somebody ` +
        "edited the comment, or QUEUEIT_PLAN_KEY is a different one here",
      environment,
    );
  }
  const queued = comment === undefined ? undefined : queuedIn(comment.body);
  // The plan of exactly this commit, which the queue found to be one that was reviewed.
  if (queued?.commit === reviewed.commit) return queued.digest;
  const shown = comment === undefined ? undefined : shownIn(comment.body);
  if (shown?.digest === undefined) {
    throw nothingReviewed(
      `Pull request ${number} has no comment of ${author} with a plan for ${environment}`,
      environment,
    );
  }
  if (shown.commit !== head.sha) {
    throw nothingReviewed(
      `The plan for ${environment} in pull request ${number} is not of its last commit (${head.sha.slice(0, 12)})`,
      environment,
    );
  }
  return shown.digest;
}

async function mergedPullRequest(github: GitHub, { commit, branch, environment }: ReviewedCommit) {
  const found = await github.send("GET", `${github.repository}/commits/${commit}/pulls`, pullRequests);
  // GitHub also names pull requests that merely contain the commit, such as an open one onto another branch.
  const merged = found.find(
    ({ merged_at, merge_commit_sha, base }) =>
      merged_at !== null && merge_commit_sha === commit && (branch === undefined || base.ref === branch),
  );
  if (merged !== undefined) return merged;
  throw nothingReviewed(
    `Commit ${commit.slice(0, 12)} is not the merge of a pull ` +
      `request${branch === undefined ? "" : ` into ${JSON.stringify(branch)}`}; it seems to have been ` +
      "pushed directly",
    environment,
  );
}

function nothingReviewed(what: string, environment: string): UserError {
  return new UserError(
    "github-nothing-reviewed",
    `${what}. So no plan was reviewed, and nothing is deployed. Run queueit-cf plan ${environment}, then ` +
      "start the deploy workflow by hand with the digest at its end.",
  );
}
