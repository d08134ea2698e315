import { UserError } from "../errors/user-error.ts";
import { redact } from "../secrets/redact.ts";

/** Characters. Whoever reads it wants to know why, in a line. */
const LONGEST = 300;

/**
 * A reason as a note keeps it: one line, without what moves a cursor or hides.
 *
 * @param secrets What must not get into a note, which every report shows.
 * @throws UserError when there is none, it is too long, or it holds a secret.
 */
export function reasonOf(given: string | undefined, secrets: readonly string[]): string {
  const reason = oneLine(given ?? "");
  if (reason === "") {
    throw new UserError(
      "switch-reason",
      "Say why, so that everybody who meets a site in this state knows: nothing was changed. Add --reason and a " +
        'sentence in quotes, for example --reason "the origin is down, no queue is needed".',
    );
  }
  if (reason.length > LONGEST) {
    throw new UserError(
      "switch-reason",
      `The reason has ${reason.length} characters, and nothing was changed: say it in ${LONGEST} or fewer.`,
    );
  }
  if (redact(reason, secrets) !== reason) {
    throw new UserError(
      "switch-reason",
      "The reason holds a secret of this process's environment variables, and every report would show it: nothing was " +
        "changed. Say it without the secret, and look whether your shell's history keeps the command.",
    );
  }
  return reason;
}

/** A foreign text in one line: what is white space, controls a terminal or is not seen becomes a space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").trim();
}
