import { reviewedOf, runDeployment, type DeploymentOptions } from "./deployment.ts";
import { switchedTarget } from "./switched-target.ts";
import { terraformToPlan } from "./workspace.ts";
import { readyTarget } from "./ready-target.ts";

/** Deploys an environment. */
export async function runDeploy(name: string, options: DeploymentOptions): Promise<void> {
  const reviewed = await reviewedOf(options);
  const target = await readyTarget(name);
  const open = await terraformToPlan(target);
  await runDeployment(await switchedTarget(target), open, options, reviewed, "Deploy");
}
