import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type LocalServer, startLocalServer } from "../../../infra/local/server/local-server.ts";
import { stackVariables } from "../../../infra/local/server/local-variables.ts";
import { localStacks } from "../../../infra/local/terraform/local-stacks.ts";
import { readTargets } from "../../../infra/project/targets.ts";
import { TerraformProject } from "../../infra/commands/terraform-project.ts";

/**
 * Sites that answer as if every environment were deployed, and projects whose commands see them. What Terraform
 * deploys there are three objects that need no provider, so that a command comes to its very end.
 */
export class DeployedSites {
  private constructor(
    readonly server: LocalServer,
    private readonly bundle: string,
  ) {}

  static async start(): Promise<DeployedSites> {
    const { targets } = await readTargets();
    const [first, ...others] = targets;
    if (first === undefined) throw new Error("There is no environment.");
    const server = await startLocalServer({
      environments: [first, ...others],
      port: 0,
      apiPort: 0,
      log: () => undefined,
    });
    const { account, secrets, deployed } = server;
    const open = localStacks({ account, variables: stackVariables(secrets), afterApply: deployed });
    for (const { spec } of targets) {
      const stack = await open({ ...spec, promotedFrom: undefined });
      const outcome = await (await stack.plan("apply")).apply();
      if (!outcome.ok) throw new Error(outcome.reason);
    }
    return new DeployedSites(server, first.spec.worker.file.sha256);
  }

  /** Values that must be seen nowhere. */
  get secrets(): readonly string[] {
    return [this.server.secrets.secretKey, this.server.secrets.apiKey, this.server.token];
  }

  /** A project with staging deployed, once. */
  async project(): Promise<TerraformProject> {
    const project = await TerraformProject.make(this.server.variables);
    for (const environment of ["staging", "production"])
      await project.setStack(environment, { bundle_sha256: this.bundle });
    await project.goOn();
    const { code, stderr } = await project.queueitCf("deploy", "staging", "--yes");
    if (code !== 0) throw new Error(stderr);
    await copyFile(project.statePath, keptState(project));
    return project;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function keptState(project: TerraformProject): string {
  return join(project.folder, "deployed.tfstate");
}

/** Whatever came before, staging is deployed. */
export function asDeployed(project: TerraformProject): Promise<void> {
  return copyFile(keptState(project), project.statePath);
}

/** Whatever came before, nothing of an environment is. */
export function asNew(project: TerraformProject, environment: string): Promise<void> {
  return rm(project.statePathOf(environment), { force: true });
}
