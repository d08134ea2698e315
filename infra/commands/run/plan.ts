import { adoptedDone } from "../../deploy/adopted-done.ts";
import { bundleSizes } from "../../deploy/bundle-sizes.ts";
import { reviewToRead } from "../../deploy/review-of.ts";
import { planStopped } from "../../deploy/plan-stopped.ts";
import { unsaid } from "../../deploy/unsaid.ts";
import { EXIT } from "../../errors/user-error.ts";
import { findConnector } from "../../verify/find-connector.ts";
import { reviewVariables } from "./review-variables.ts";
import { switchedTarget } from "./switched-target.ts";
import { terminal } from "./terminal.ts";
import {
  accountWorkersOf,
  bundleStore,
  reach,
  terraform,
  terraformToPlan,
  zoneRoutesOf,
} from "./workspace.ts";
import { requireWritable, writeReport, type ReportOptions } from "./write-report.ts";
import { readyTarget } from "./ready-target.ts";

export interface PlanCommandOptions extends ReportOptions {
  readonly beforePromotion?: true;
}

/** Plans an environment and reports it. */
export async function runPlan(name: string, options: PlanCommandOptions): Promise<void> {
  await requireWritable([options.out, options.markdown]);
  const ready = await readyTarget(name);
  const assumed = options.beforePromotion === true && ready.spec.promotedFrom !== undefined;
  const open = await (assumed ? terraform(ready) : terraformToPlan(ready));
  const target = await switchedTarget(ready);
  const stack = await open(assumed ? { ...target.spec, promotedFrom: undefined } : target.spec);
  const planned = await stack.plan("apply", { readOnly: true });
  const sites = reach();
  try {
    const extras = {
      ...reviewVariables(process.env),
      now: Date.now(),
      zoneRoutes: await zoneRoutesOf(target),
      accountWorkers: await accountWorkersOf(target),
      bundleBytes: await bundleSizes(target, () => bundleStore(target)),
      promotionAssumed: assumed,
    };
    const review = await reviewToRead(target, planned, extras, () => findConnector(target, sites));
    const isStopped = planned.failure !== undefined;
    // The standard output is the error's then.
    if (!isStopped || !options.json || options.out !== undefined) await writeReport(review, options);
    if (planned.failure === undefined) {
      const done = adoptedDone(target.spec, review);
      if (done !== undefined) terminal.progress(done);
      return;
    }
    if (options.json) throw planStopped(name, planned.failure);
    const more = unsaid(planned.failure, review);
    terminal.progress(
      `The plan of ${name} stopped: the report says why, under its risks.${more === "" ? "" : `\n${more}`}`,
    );
    process.exitCode = EXIT.userError;
  } finally {
    await planned.discard();
    await sites.close();
  }
}
