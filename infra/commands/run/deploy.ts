import type { DeploymentOptions } from "../deployment-options.ts";
import { reviewedOf, runDeployment } from "./deployment.ts";
import { readyTarget, terraform } from "./workspace.ts";

/** Deploys an environment. */
export async function runDeploy(name: string, options: DeploymentOptions): Promise<void> {
  const reviewed = await reviewedOf(options);
  const target = await readyTarget(name);
  await runDeployment(target, await terraform(target), options, reviewed, "Deploy");
}
