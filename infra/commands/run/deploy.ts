import type { DeploymentOptions } from "../deployment-options.ts";
import { runDeployment } from "./deployment.ts";
import { readyTarget, terraform } from "./workspace.ts";

/** Deploys an environment. */
export async function runDeploy(name: string, options: DeploymentOptions): Promise<void> {
  const target = await readyTarget(name);
  await runDeployment(target, await terraform(target), options, "Deploy");
}
