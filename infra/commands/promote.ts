import { Command } from "commander";
import { DEPLOYMENT_EXIT_CODES, deploymentOptions } from "./deployment-options.ts";
import { withNotes } from "./help.ts";
import type { DeploymentOptions } from "./run/deployment.ts";

/** `queueit-cf promote`: the bundle that the earlier environment runs, after that was verified. */
export function promoteCommand(): Command {
  const command = new Command("promote")
    .summary("Deploy the bundle that the earlier environment runs")
    .description(
      "Deploy to an environment the bundle that runs in the environment it is promoted from: compare the " +
        "two, verify the earlier one with real requests, then plan, report, ask and deploy.",
    )
    .argument("<environment>", "name of a file in infra/environments that has promotedFrom")
    .action(async (environment: string, options: DeploymentOptions) => {
      const { runPromote } = await import("./run/promote.ts");
      await runPromote(environment, options);
    });
  for (const option of deploymentOptions()) command.addOption(option);
  return withNotes(command, {
    examples: [
      "npx queueit-cf promote production",
      "npx queueit-cf promote production --reviewed 3f9a…c1 --yes",
    ],
    notes: [
      "If the earlier environment has another secret key, set QUEUEIT_SECRET_KEY_<NAME>, for example " +
        "QUEUEIT_SECRET_KEY_STAGING, to verify it.",
    ],
    exitCodes: DEPLOYMENT_EXIT_CODES,
  });
}
