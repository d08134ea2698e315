import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { DriftCommandOptions } from "./run/drift.ts";

/** `queueit-cf drift`: what was changed outside Terraform. */
export function driftCommand(): Command {
  const command = new Command("drift")
    .summary("What was changed outside Terraform")
    .description(
      "Compare the account with what was deployed: what Queue-it published is expected, what somebody edited " +
        "or deleted in the dashboard is drift. Changes nothing.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option("--json", "print one JSON object instead of text")
    .option("--markdown <file>", "write Markdown for an issue to this file too")
    .action(async (environment: string, options: DriftCommandOptions) => {
      const { runDrift } = await import("./run/drift.ts");
      await runDrift(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf drift production", "npx queueit-cf drift production --json"],
    exitCodes: { ok: "no drift", userError: "the input is wrong or the refresh failed", found: "drift" },
  });
}
