import { Command, InvalidArgumentError, Option } from "commander";
import { DEPLOYMENT_EXIT_CODES, deploymentOptions } from "./deployment-options.ts";
import { withNotes } from "./help.ts";
import type { RollbackCommandOptions } from "./run/rollback.ts";

/** `queueit-cf rollback`: an earlier bundle, through the same plan and digest. */
export function rollbackCommand(): Command {
  const command = new Command("rollback")
    .summary("Go back to an earlier bundle")
    .description(
      "Go back to a bundle that an environment ran before, without a checkout of its sources: planned, reported, " +
        "confirmed and applied like any deploy. Settings stay those in the environment's file.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .addOption(
      new Option(
        "--to <hash>",
        "SHA-256 of the bundle, or at least its first 8 characters (default: the previous bundle)",
      ).argParser(bundleHash),
    )
    .addOption(
      new Option(
        "--list",
        "list the bundles that it ran and can go back to, and do nothing else: neither Terraform nor a token is needed",
      ).conflicts(["to", "reviewed", "yes"]),
    )
    .action(async (environment: string, options: RollbackCommandOptions) => {
      const { runRollback } = await import("./run/rollback.ts");
      await runRollback(environment, options);
    });
  for (const option of deploymentOptions()) command.addOption(option);
  return withNotes(command, {
    examples: [
      "npx queueit-cf rollback production",
      "npx queueit-cf rollback production --list",
      "npx queueit-cf rollback production --to 12ab34cd --yes",
    ],
    exitCodes: DEPLOYMENT_EXIT_CODES,
  });
}

/** Refused at once: until the record is read, a plan's time would have passed. */
function bundleHash(text: string): string {
  if (/^[0-9a-f]{8,64}$/i.test(text)) return text.toLowerCase();
  if (/^--[a-z]/.test(text))
    throw new InvalidArgumentError("It looks like an option: give a hash before it.");
  throw new InvalidArgumentError(
    "It is not the SHA-256 of a bundle, nor its first 8 characters or more. rollback --list tells those that there are.",
  );
}
