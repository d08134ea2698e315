import { Command } from "commander";
import type { DriftCommandOptions } from "./run/drift.ts";

/** `queueit-cf drift`: what was changed outside Terraform. */
export function driftCommand(): Command {
  return new Command("drift")
    .summary("What was changed outside Terraform")
    .description(
      "Compare the account with what was deployed: what Queue-it published is expected, what somebody edited, deleted " +
        "or took away in the dashboard is drift. Changes nothing.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option("--json", "print one JSON object instead of text")
    .option("--markdown <file>", "write Markdown for an issue to this file too")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  $ npx queueit-cf drift production\n" +
        "  $ npx queueit-cf drift production --json\n\n" +
        "Exit codes: 0 no drift, 1 the input is wrong or the refresh failed, 2 drift, 70 a fault of this program.",
    )
    .action(async (environment: string, options: DriftCommandOptions) => {
      const { runDrift } = await import("./run/drift.ts");
      await runDrift(environment, options);
    });
}
