import { Command } from "commander";
import type { ValidateOptions } from "./run/validate.ts";

/** `queueit-cf validate`: everything that is wrong in all environments, or in a configuration file, at once. */
export function validateCommand(): Command {
  return new Command("validate")
    .summary("Check every environment")
    .description("Check every environment and list all problems, each with its fix. Changes nothing.")
    .option("--configuration <file>", "check an integration configuration instead, as Queue-it publishes it")
    .option("--json", "print the problems as one JSON array")
    .addHelpText(
      "after",
      "\nExamples:\n  $ npx queueit-cf validate\n  $ npx queueit-cf validate --json\n" +
        "  $ npx queueit-cf validate --configuration downloaded.json",
    )
    .action(async (options: ValidateOptions) => {
      const { runValidate } = await import("./run/validate.ts");
      await runValidate(options);
    });
}
