import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { LIMITS, readNamedUpTo } from "../files/read-up-to.ts";

/** A pull request as the event that started the workflow says. */
export interface PullRequestEvent {
  readonly number: number;
  /** The commit that the workflow runs for. */
  readonly commit: string;
}

const event = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
  }),
});

/**
 * Reads the file that GITHUB_EVENT_PATH names.
 *
 * @throws UserError when there is none, or when the workflow was not started by a pull request.
 */
export async function pullRequestEvent(path: string | undefined): Promise<PullRequestEvent> {
  const parsed = event.safeParse(await readEvent(path));
  if (!parsed.success) {
    throw new UserError(
      "github-event",
      "There is no pull request to write to: GITHUB_EVENT_PATH does not name the event of one. Run this " +
        "in a workflow on pull_request, or name the pull request with --pull-request.",
    );
  }
  const { number, head } = parsed.data.pull_request;
  return { number, commit: head.sha };
}

/** What GitHub wrote about what started the workflow; undefined where there is nothing to be read. */
export async function readEvent(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  try {
    return JSON.parse((await readNamedUpTo(path, LIMITS.report)).toString("utf8"));
  } catch {
    return undefined;
  }
}
