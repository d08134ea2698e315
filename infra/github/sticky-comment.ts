import { z } from "zod";
import { stickyMarker } from "../plan/report/markdown.ts";
import { ANY_ANSWER, type GitHub } from "./client.ts";
import { beginsWith, fitting, sameText } from "./comment-text.ts";

/** A comment of an environment, written by us. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
  /** When it was written or edited last, in milliseconds since 1970, by GitHub's clock. */
  readonly updatedAt: number;
}

const comment = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
  updated_at: z.iso.datetime(),
});

/**
 * The comments of an environment on a pull request, the oldest first. Anybody can write a comment with our
 * marker: only those of the given author count. GitHub names that author also after somebody else edited one.
 */
export async function ownComments(
  github: GitHub,
  pullRequest: number,
  environment: string,
  author: string,
): Promise<readonly OwnComment[]> {
  const all = await github.list(`${github.repository}/issues/${pullRequest}/comments`, comment);
  return all
    .filter(({ body, user }) => user?.login === author && beginsWith(stickyMarker(environment), body ?? ""))
    .map(({ id, body, updated_at }) => ({ id, body: body ?? "", updatedAt: Date.parse(updated_at) }))
    .sort((a, b) => a.id - b.id);
}

/** What became of the one comment. */
export type Written = "created" | "updated" | "unchanged";

/**
 * Makes the environment's comment say the text: writes it once, then updates it; what two runs at once wrote
 * twice is deleted.
 *
 * @param own What {@link ownComments} found.
 */
export async function writeComment(
  github: GitHub,
  pullRequest: number,
  own: readonly OwnComment[],
  text: string,
): Promise<Written> {
  const body = fitting(text);
  const [kept, ...surplus] = own;
  for (const { id } of surplus) {
    await github.send("DELETE", `${github.repository}/issues/comments/${id}`, ANY_ANSWER);
  }
  if (kept === undefined) {
    await github.send("POST", `${github.repository}/issues/${pullRequest}/comments`, ANY_ANSWER, { body });
    return "created";
  }
  if (sameText(kept.body, body)) return "unchanged";
  await github.send("PATCH", `${github.repository}/issues/comments/${kept.id}`, ANY_ANSWER, { body });
  return "updated";
}
