import { Command } from "commander";
import { DEPLOYMENT_EXIT_CODES, despiteFreeze } from "./deployment-options.ts";
import { withNotes } from "./help.ts";
import type { DestroyCommandOptions } from "./run/destroy.ts";

/** `queueit-cf destroy`: takes an environment down, after its name was typed. */
export function destroyCommand(): Command {
  const command = new Command("destroy")
    .summary("Take an environment down")
    .description(
      "Take an environment down: its routes, Worker, KV namespace and the integration configuration in it. Says " +
        "what visitors will notice, and asks for the environment's name.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option("--yes <environment>", "do not ask for confirmation; repeat the environment's name")
    .addOption(despiteFreeze())
    .option("--json", "print one JSON object at the end; the report goes to standard error")
    .action(async (environment: string, options: DestroyCommandOptions) => {
      const { runDestroy } = await import("./run/destroy.ts");
      await runDestroy(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf destroy staging", "npx queueit-cf destroy staging --yes staging --json"],
    exitCodes: DEPLOYMENT_EXIT_CODES,
  });
}
