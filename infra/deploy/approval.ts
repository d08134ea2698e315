import type { Console } from "../console/console.ts";
import { UserError } from "../errors/user-error.ts";
import { plainText } from "../plan/sentence.ts";
import type { Review } from "../plan/review.ts";
import type { Reviewed } from "./reviewed.ts";

export interface Approval {
  /** What was reviewed before; a plan with another digest is refused. */
  readonly reviewed: Reviewed | undefined;
  /** Whether nobody is to be asked. */
  readonly yes: boolean;
  /**
   * Why it is done at a time in which nothing is to be deployed.
   * @default nobody said so, and it is refused then
   */
  readonly despiteFreeze?: string | undefined;
}

/**
 * Makes sure that a plan is the reviewed one, and that somebody wants it.
 *
 * @throws UserError when it is another plan, or when nobody says yes.
 */
export async function requireApproval(
  review: Pick<Review, "digest" | "changes">,
  { reviewed, yes }: Approval,
  console: Console,
  verb: string,
): Promise<void> {
  if (reviewed !== undefined && reviewed.digest !== review.digest) {
    throw new UserError("not-the-reviewed-plan", differenceText(reviewed, review));
  }
  if (yes || (await console.confirm(`${verb} exactly this plan?`))) return;
  throw new UserError(
    "not-confirmed",
    console.canAsk()
      ? "The answer was not yes, so nothing was changed. Run it again when the plan is what you want."
      : "There is no terminal for the question, so nothing was changed. Add --yes, preferably with " +
          `--reviewed ${review.digest}`,
  );
}

function differenceText(reviewed: Reviewed, review: Pick<Review, "digest" | "changes">): string {
  const digests = `The reviewed plan has the digest ${reviewed.digest}, this one has ${review.digest}.`;
  const next = "Nothing was changed. Review the plan above, then deploy with its digest.";
  if (reviewed.changes === undefined) {
    return (
      `This is not the plan that was reviewed. ${digests} What it does now is listed above; give ` +
      `--reviewed the JSON report of the reviewed plan to see what differs. ${next}`
    );
  }
  const now = review.changes.map(({ sentence, effect }) => `${effect}: ${plainText(sentence)}`);
  const gone = reviewed.changes.filter((line) => !now.includes(line));
  const added = now.filter((line) => !reviewed.changes?.includes(line));
  const lines = [...gone.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
  const difference =
    lines.length === 0
      ? "The words are the same: what differs is a value that is not written out, such as a secret."
      : `What differs (- reviewed, + now):\n${lines.join("\n")}`;
  return `This is not the plan that was reviewed. ${digests} ${difference}\n${next}`;
}
