import { appendFile } from "node:fs/promises";
import { UserError } from "../../errors/user-error.ts";

/** Appends lines to the outputs of a step, and prints them. @throws UserError outside of a step. */
export async function writeStepOutputs(lines: string): Promise<void> {
  await appendFile(process.env["GITHUB_OUTPUT"] ?? "", lines).catch(() => {
    throw new UserError(
      "github-output",
      "GITHUB_OUTPUT does not name a file that can be written. GitHub Actions sets it for each step; " +
        "elsewhere, set it to a file's path.",
    );
  });
  process.stdout.write(lines);
}
