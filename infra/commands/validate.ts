import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { ValidateOptions } from "./run/validate.ts";

/**
 * `queueit-cf validate`: everything that is wrong in all environments, or in a configuration file, at once.
 */
export function validateCommand(): Command {
  const command = new Command("validate")
    .summary("Check every environment")
    .description("Check every environment and list all problems, each with its fix. Changes nothing.")
    .argument("[environment]", "with --configuration: the environment whose Worker is to use it")
    .option("--configuration <file>", "check an integration configuration, as Queue-it publishes it, instead")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string | undefined, options: ValidateOptions) => {
      const { runValidate } = await import("./run/validate.ts");
      await runValidate(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf validate",
      "npx queueit-cf validate --json",
      "npx queueit-cf validate --configuration downloaded.json production",
    ],
    exitCodes: { ok: "no errors (warnings are allowed)", userError: "an error, or the input is wrong" },
  });
}
