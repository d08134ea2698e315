import { UserError } from "../errors/user-error.ts";
import type { ProcessResult } from "./process.ts";

/** How a run ended that gives no reason of its own, as a sentence. */
export function endOf({ code, signal }: Pick<ProcessResult, "code" | "signal">): string {
  if (signal === undefined) return code === 0 ? "It gave no reason." : `It ended with code ${code}.`;
  if (signal !== "SIGKILL") return `It was ended by ${signal}, which did not come from this command.`;
  return (
    "It was ended by SIGKILL, which did not come from this command: most often it comes from the system, " +
    "when memory has run out."
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
    `${name} did not finish ${doing}. ${reason} Nothing was changed, and the state is as it was. Fix what ` +
      "ended it, then run the command again. If it then reports that the state is locked, this run left " +
      "that lock behind.",
  );
}
