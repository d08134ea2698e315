import { UserError } from "../errors/user-error.ts";
import type { ProcessResult } from "./process.ts";

/** How a run ended that gives no reason of its own, as a sentence. */
export function endOf({ code, signal }: Pick<ProcessResult, "code" | "signal">): string {
  if (signal === undefined) return code === 0 ? "It gives no reason." : `It ended with code ${code}.`;
  if (signal !== "SIGKILL") return `It was ended by ${signal}, which did not come from here.`;
  return (
    "It was ended by SIGKILL, which did not come from here: most often it is the system, which ends what needs more " +
    "memory than there is."
  );
}

/**
 * A run that a signal ended before it could change anything.
 *
 * @param name Of the program, with its version.
 * @param doing What it did, as in "while it was …".
 * @param reason How it ended, and what it said.
 */
export function killed(name: string, doing: string, reason: string): UserError {
  return new UserError(
    "terraform-killed",
    `${name} did not come to its end while it was ${doing}. ${reason} Nothing was changed, and the state is as it was. ` +
      "Mend what ended it, and run it again. Should the state be said to be locked then, that lock is what this run left " +
      "behind.",
  );
}
