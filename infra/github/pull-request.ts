import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import type { PullRequestEvent } from "./event.ts";

/** A pull request as it is now. */
export interface PullRequest {
  readonly number: number;
  /** The last commit that was pushed to it. */
  readonly commit: string;
  readonly labels: readonly string[];
  /** Who opened it; undefined where that account is gone. */
  readonly author: string | undefined;
  readonly isOpen: boolean;
  /** The branch that it is to be merged into. */
  readonly base: string;
}

const pullRequest = z.object({
  state: z.enum(["open", "closed"]),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string() }),
  labels: z.array(z.object({ name: z.string() })),
  user: z.object({ login: z.string() }).nullable(),
});

/**
 * Reads a pull request, since an event says how it was when a run was started, maybe for the second time.
 *
 * @param named What the event says, or just the number.
 * @throws UserError when a newer commit was pushed than the event's: what was planned is no news any more.
 */
export async function readPullRequest(
  github: GitHub,
  named: PullRequestEvent | { readonly number: number },
): Promise<PullRequest> {
  const { number } = named;
  const { state, base, head, labels, user } = await github.send(
    "GET",
    `${github.repository}/pulls/${number}`,
    pullRequest,
  );
  if ("commit" in named && named.commit !== head.sha) {
    throw new UserError(
      "github-outdated",
      `Pull request ${number} has a newer commit than the one that was planned here ` +
        `(${named.commit.slice(0, 12)}). Nothing is written: the run for the newer commit does that.`,
    );
  }
  return {
    number,
    commit: head.sha,
    labels: labels.map(({ name }) => name),
    author: user?.login,
    isOpen: state === "open",
    base: base.ref,
  };
}

/**
 * Keeps what was reviewed as it was when the pull request was merged: a deploy takes it from there.
 *
 * @throws UserError when the pull request is closed.
 */
export function requireOpen({ number, isOpen }: PullRequest): void {
  if (isOpen) return;
  throw new UserError(
    "github-closed",
    `Pull request ${number} is closed. Nothing is written: its comment says what was reviewed before, and a deploy ` +
      "takes the digest from there. Open another pull request to have something else reviewed.",
  );
}
