import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import { readEvent } from "./event.ts";

/** What a merge queue tests: the branch with everything that stands before a pull request, and that one. */
export interface MergeGroup {
  /** The pull request that the group was made for: the last in it. */
  readonly pullRequest: number;
  /** The commit that is tested, which the branch gets. */
  readonly commit: string;
  /** The branch that is merged into. */
  readonly base: string;
}

const COMMIT = /^[0-9a-f]{40,64}$/;
const HEADS = "refs/heads/";

const event = z.object({
  merge_group: z.object({
    head_sha: z.string().regex(COMMIT),
    head_ref: z.string(),
    base_ref: z.string().startsWith(HEADS),
  }),
});

/**
 * Reads the event of a merge queue from the file that GITHUB_EVENT_PATH names.
 *
 * @throws UserError when it is another event, or does not say which pull request it is about.
 */
export async function mergeGroupEvent(path: string | undefined): Promise<MergeGroup> {
  const parsed = event.safeParse(await readEvent(path));
  const { head_sha: commit = "", head_ref = "", base_ref = "" } = parsed.data?.merge_group ?? {};
  const base = base_ref.slice(HEADS.length);
  const pullRequest = numberIn(head_ref, base);
  if (pullRequest !== undefined) return { pullRequest, commit, base };
  throw new UserError(
    "github-merge-group",
    "There is no merge queue to judge a plan for: GITHUB_EVENT_PATH does not name the event of one, or not of a pull " +
      "request in it. Run this in a workflow on merge_group.",
  );
}

/**
 * The numbers of the pull requests in a group, that of the group's own first. Those before it are found by the
 * branches of their own groups, whose commits this one contains: a merge by squashing leaves no other trace.
 */
export async function pullRequestsIn(
  github: GitHub,
  { pullRequest, commit, base }: MergeGroup,
): Promise<readonly number[]> {
  const path = base.split("/").map(encodeURIComponent).join("/");
  const [{ commits }, branches] = await Promise.all([
    github.send("GET", `${github.repository}/compare/${encodeURIComponent(base)}...${commit}`, comparison),
    github.list(`${github.repository}/git/matching-refs/heads/${QUEUE}${path}/pr-`, reference),
  ]);
  const contained = new Set(commits.map(({ sha }) => sha));
  const numbers = branches.flatMap(({ ref, object }) =>
    contained.has(object.sha) ? (numberIn(ref, base) ?? []) : [],
  );
  return [...new Set([pullRequest, ...numbers])];
}

/** At most 250, which GitHub answers at once. */
const comparison = z.object({ commits: z.array(z.object({ sha: z.string() })) });

const reference = z.object({ ref: z.string(), object: z.object({ sha: z.string() }) });

/** Where GitHub puts the branches of merge queues. */
const QUEUE = "gh-readonly-queue/";

/** The number in the name of a group's branch. The name of the branch below it may look alike: it is taken off first. */
function numberIn(ref: string, base: string): number | undefined {
  const before = `${HEADS}${QUEUE}${base}/pr-`;
  if (base === "" || !ref.startsWith(before)) return undefined;
  const [, number] = /^([1-9]\d{0,9})-[0-9a-f]{40,64}$/.exec(ref.slice(before.length)) ?? [];
  return number === undefined ? undefined : Number(number);
}
