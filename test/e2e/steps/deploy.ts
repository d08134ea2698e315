import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { expectThat } from "../expect.ts";
import { type Plan, changesOf } from "../plan.ts";
import { withBundle } from "../project.ts";
import { StepFailed } from "../step-failed.ts";
import type { Terraform } from "../terraform.ts";
import type { World } from "../world.ts";

/** Writes a stack and gets Terraform ready for it. */
export async function prepare(
  { project, terraformIn }: World,
  spec: ConnectorSpec,
  options: { readonly destroyable?: boolean } = {},
): Promise<Terraform> {
  const terraform = terraformIn(project.writeStack(spec, options));
  await terraform.init();
  return terraform;
}

/** Staging with the second build of the Worker: what runs there from the update on. */
export async function updatedStaging({ project, staging }: World): Promise<ConnectorSpec> {
  return withBundle(staging, await project.rebuild(staging.worker.file, "second build"));
}

/** Plans, applies, and plans again: the second plan has to be empty. Gives the first one. */
export async function deploy(terraform: Terraform): Promise<Plan> {
  const plan = await terraform.plan();
  expectThat(plan !== undefined, "The plan is empty, and something had to change");
  await terraform.apply();
  await expectSettled(terraform);
  return plan;
}

/** The account is what the stack says: nothing is left to change. */
export async function expectSettled(terraform: Terraform): Promise<void> {
  const left = await terraform.plan();
  if (left === undefined) return;
  throw new StepFailed("The plan after an apply is not empty", changesOf(left).join("\n"));
}
