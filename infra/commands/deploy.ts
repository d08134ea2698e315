import { Command } from "commander";
import { DEPLOYMENT_EXIT_CODES, deploymentOptions } from "./deployment-options.ts";
import { withNotes } from "./help.ts";
import type { DeploymentOptions } from "./run/deployment.ts";

/** `queueit-cf deploy`: exactly the plan that was reviewed, until the sites answer with it. */
export function deployCommand(): Command {
  const command = new Command("deploy")
    .summary("Deploy exactly the plan that was reviewed")
    .description(
      "Plan an environment, report it, ask, apply exactly that plan, wait until the sites answer with the new bundle, " +
        "and prove that a second plan is empty.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .action(async (environment: string, options: DeploymentOptions) => {
      const { runDeploy } = await import("./run/deploy.ts");
      await runDeploy(environment, options);
    });
  for (const option of deploymentOptions()) command.addOption(option);
  return withNotes(command, {
    examples: [
      "npx queueit-cf deploy staging",
      "npx queueit-cf deploy staging --reviewed 3f9a…c1 --yes",
      "npx queueit-cf deploy staging --reviewed plan-report.json --yes --json",
    ],
    exitCodes: DEPLOYMENT_EXIT_CODES,
  });
}
