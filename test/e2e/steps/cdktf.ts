import { join } from "node:path";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { runProcess } from "../../../infra/terraform/process.ts";
import { StepFailed } from "../step-failed.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step, World } from "../world.ts";
import { expectSettled } from "./deploy.ts";
import { expectNothingLeft } from "./destroy.ts";

/** The documentation's command, with this project's own app. */
export const cdktfDeploy: Step = {
  title: "npx cdktf deploy staging, empty second plan, traffic",
  run: async (world) => {
    await cdktf(world, "deploy");
    await expectSettled(world.terraformIn(join(outputFolder(world), "stacks", "staging")));
    await walkSixSteps(world.server, world.staging);
  },
};

/** The documentation's command to take an environment down. */
export const cdktfDestroy: Step = {
  title: "QUEUEIT_DESTROY=staging npx cdktf destroy staging",
  run: async (world) => {
    await cdktf(world, "destroy", { QUEUEIT_DESTROY: "staging" });
    expectNothingLeft(world.server, world.staging);
  },
};

async function cdktf(
  world: World,
  command: "deploy" | "destroy",
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const args = ["cdktf", command, "staging", "--auto-approve", "--skip-provider-lock", "--no-color"];
  const { code, output } = await runProcess("npx", [...args, "--output", outputFolder(world)], {
    cwd: PACKAGE_ROOT,
    env: {
      ...world.environment,
      // Lines one after the other, instead of a screen that is drawn again and again.
      CI: "1",
      // The app keeps this state in the project's folder, where somebody may be trying things out.
      TF_CLI_ARGS_init: `-backend-config=path=${join(world.project.folder, "terraform.cdktf.tfstate")}`,
      ...more,
    },
  });
  if (code !== 0) throw new StepFailed(`cdktf ${command} failed`, output);
}

function outputFolder({ project }: World): string {
  return join(project.folder, "cdktf-command.out");
}
