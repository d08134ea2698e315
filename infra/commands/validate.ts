import { Command } from "commander";
import { EXIT, UserError } from "../errors/user-error.ts";
import { withNotes } from "./help.ts";

/** `queueit-cf validate`: everything that is wrong in all environments, or in a configuration file, at once. */
export function validateCommand(): Command {
  const command = new Command("validate")
    .summary("Check every environment")
    .description("Check every environment and list all problems, each with its fix. Changes nothing.")
    .argument("[environment]", "with --configuration: the environment whose Worker is to match by it")
    .option("--configuration <file>", "check an integration configuration instead, as Queue-it publishes it")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string | undefined, { configuration, json }: ValidateOptions) => {
      if (environment !== undefined && configuration === undefined) {
        throw new UserError(
          "environment-unexpected",
          `All environments are checked together, so none is named. To check a configuration for ${environment}: ` +
            `npx queueit-cf validate --configuration FILE ${environment}`,
        );
      }
      const { runValidate, runValidateConfiguration } = await import("./run/validate.ts");
      const { isValid, text } =
        configuration === undefined
          ? await runValidate(json === true)
          : await runValidateConfiguration(configuration, environment, json === true);
      process.stdout.write(`${text}\n`);
      if (!isValid) process.exitCode = EXIT.userError;
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf validate",
      "npx queueit-cf validate --json",
      "npx queueit-cf validate --configuration downloaded.json production",
    ],
    exitCodes: { ok: "no errors; warnings stop nothing here", userError: "an error, or the input is wrong" },
  });
}

interface ValidateOptions {
  readonly configuration?: string;
  readonly json?: true;
}
