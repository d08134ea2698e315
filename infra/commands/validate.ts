import { Command } from "commander";
import { EXIT } from "../errors.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** `queueit-cf validate`: everything that is wrong in all environments, at once. */
export function validateCommand(): Command {
  return new Command("validate")
    .summary("Check every environment")
    .description("Check every environment and list all problems, each with its fix. Changes nothing.")
    .option("--json", "print the problems as one JSON array")
    .addHelpText("after", "\nExamples:\n  $ npx queueit-cf validate\n  $ npx queueit-cf validate --json")
    .action(async ({ json }: { json?: true }) => {
      const [{ loadEnvironments }, { problemReport }, { validateEnvironments }] = await Promise.all([
        import("../environments/definition/load.ts"),
        import("../environments/definition/report.ts"),
        import("../environments/definition/validation.ts"),
      ]);
      const environments = await loadEnvironments();
      const problems = validateEnvironments(environments);
      const names = environments.map(({ name }) => name).join(", ");
      const text = problems.length === 0 ? `No problems in ${names}.` : problemReport(problems);
      process.stdout.write(`${withoutSecrets(json ? JSON.stringify(problems, null, 2) : text)}\n`);
      if (problems.some(({ severity }) => severity === "error")) process.exitCode = EXIT.userError;
    });
}
