import { reviewedOf, runDeployment, type DeploymentOptions } from "./deployment.ts";
import { terraformToPlan } from "./workspace.ts";
import { readyTarget } from "./ready-target.ts";

/** Deploys an environment. */
export async function runDeploy(name: string, options: DeploymentOptions): Promise<void> {
  const reviewed = await reviewedOf(options);
  const target = await readyTarget(name);
  await runDeployment(target, await terraformToPlan(target), options, reviewed, "Deploy");
}
