import { type DeploymentOptions, runDeployment } from "./deployment.ts";
import { readyTarget } from "./ready-target.ts";
import { terraform } from "./workspace.ts";

/** Deploys an environment. */
export async function runDeploy(name: string, options: DeploymentOptions): Promise<void> {
  const target = await readyTarget(name);
  await runDeployment(target, await terraform(), options, "Deploy");
}
