import { lookOf } from "../../console/colours.ts";
import { adoptedDone } from "../../deploy/adopted-done.ts";
import { deployedBundleOf } from "../../deploy/bundle-of-state.ts";
import { reviewOf } from "../../deploy/review-of.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { routesInZones } from "../../account/routes-of-zones.ts";
import { driftOf } from "../../plan/drift/drift.ts";
import { foreignRoutes } from "../../plan/drift/foreign-routes.ts";
import { missingWorkers } from "../../plan/drift/missing-workers.ts";
import { driftJson, driftMarkdown, driftText } from "../../plan/drift/drift-report.ts";
import { reviewVariables } from "./review-variables.ts";
import { switchedTarget } from "./switched-target.ts";
import { terminal } from "./terminal.ts";
import { accountWorkersOf, cloudflareAccess, terraformToPlan } from "./workspace.ts";
import { requireWritable, writeText } from "./write-report.ts";
import { readyTarget } from "./ready-target.ts";

export interface DriftCommandOptions {
  readonly json?: true;
  readonly markdown?: string;
}

function nothingDeployed(name: string): UserError {
  return new UserError(
    "nothing-deployed",
    `Terraform's state of ${name} has no deployment in it, so nothing was compared. Deploy it first, ` +
      `with: npx queueit-cf deploy ${name}. If it is deployed, the state is elsewhere: check backend in ` +
      `infra/environments/${name}.ts.`,
  );
}

/** Looks for drift in an environment. */
export async function runDrift(name: string, { json, markdown }: DriftCommandOptions): Promise<void> {
  await requireWritable([markdown]);
  const ready = await readyTarget(name);
  const open = await terraformToPlan(ready);
  const target = await switchedTarget(ready);
  const stack = await open(target.spec);
  const planned = await stack.plan("refresh-only", { readOnly: true });
  try {
    if (planned.failure !== undefined) {
      throw new UserError("refresh-failed", `The state of ${name} cannot be compared: ${planned.failure}`);
    }
    if (deployedBundleOf(await stack.outputs()) === undefined) throw nothingDeployed(name);
    const review = reviewOf(target, planned, reviewVariables(process.env));
    const known = driftOf(review, target.spec);
    const foreign = foreignRoutes(target.spec, await routesInZones(target.spec, cloudflareAccess()));
    const workers = await accountWorkersOf(target);
    const missing = Array.isArray(workers) ? missingWorkers(target.spec, workers) : [];
    const drift = { ...known, found: [...known.found, ...foreign, ...missing] };
    if (markdown !== undefined) await writeText(markdown, driftMarkdown(name, drift));
    process.stdout.write(json ? driftJson(name, drift) : driftText(name, drift, lookOf(process.stdout)));
    const done = adoptedDone(target.spec, review);
    if (done !== undefined) terminal.progress(done);
    if (drift.found.length > 0) process.exitCode = EXIT.found;
  } finally {
    await planned.discard();
  }
}
