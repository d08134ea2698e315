import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import { readEvent } from "./event.ts";
import { NOT_FOUND } from "./refusal.ts";

/** What a run of the deploy workflow is for. */
export interface DeployedCommits {
  /** What was checked out. */
  readonly commit: string;
  /** What the branch was before the push; undefined for a new branch, and for a run that was started by hand. */
  readonly before: string | undefined;
  /** The branch; undefined where any will do. */
  readonly branch: string | undefined;
}

/** A push of more commits is told in the pull request of its last one alone, for the sake of GitHub's limit of calls. */
const MOST_COMMITS = 100;

const COMMIT = /^[0-9a-f]{40,64}$/;

const push = z.object({ before: z.string().regex(COMMIT), after: z.string().regex(COMMIT) });

/** What a push changed, from the file that GITHUB_EVENT_PATH names; undefined after any other event. */
export async function beforeThePush(path: string | undefined, commit: string): Promise<string | undefined> {
  const pushed = push.safeParse(await readEvent(path)).data;
  return pushed?.after === commit && !/^0+$/.test(pushed.before) ? pushed.before : undefined;
}

const comparison = z.object({
  commits: z.array(z.object({ sha: z.string(), parents: z.array(z.object({ sha: z.string() })) })),
});

const pullRequests = z.array(
  z.object({
    number: z.int(),
    merged_at: z.string().nullable(),
    merge_commit_sha: z.string().nullable(),
    base: z.object({ ref: z.string() }),
  }),
);

/**
 * The pull requests that were merged by what was pushed, by a merge, squashed or rebased: those of several where a merge
 * queue merged a group, none where somebody pushed directly.
 */
export async function deployedPullRequests(
  github: GitHub,
  { commit, before, branch }: DeployedCommits,
): Promise<readonly number[]> {
  const commits = before === undefined ? [commit] : await mainline(github, before, commit);
  const numbers = new Set<number>();
  for (const sha of commits) {
    const found = await github.send("GET", `${github.repository}/commits/${sha}/pulls`, pullRequests);
    for (const { number, merged_at, merge_commit_sha, base } of found) {
      const isMerged = merged_at !== null && merge_commit_sha === sha;
      if (isMerged && (branch === undefined || base.ref === branch)) numbers.add(number);
    }
  }
  return [...numbers];
}

/** The commits of a push that the branch itself has, the last first; the last alone where GitHub cannot compare. */
async function mainline(github: GitHub, before: string, commit: string): Promise<readonly string[]> {
  const compared = await github
    .send("GET", `${github.repository}/compare/${before}...${commit}`, comparison)
    .catch((error: unknown) => {
      // What was there before a forced push may be gone.
      if (error instanceof UserError && error.code === NOT_FOUND) return { commits: [] };
      throw error;
    });
  const parents = new Map(compared.commits.map(({ sha, parents: [first] }) => [sha, first?.sha]));
  const line: string[] = [];
  for (let sha: string | undefined = commit; sha !== undefined && parents.has(sha); sha = parents.get(sha))
    line.push(sha);
  return line.length === 0 || line.length > MOST_COMMITS ? [commit] : line;
}
