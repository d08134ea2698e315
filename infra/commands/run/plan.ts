import { bundleSizes } from "../../deploy/bundle-sizes.ts";
import { reviewToRead } from "../../deploy/review-of.ts";
import { EXIT } from "../../errors/user-error.ts";
import { findConnector } from "../../verify/find-connector.ts";
import { reviewVariables } from "./review-variables.ts";
import { terminal } from "./terminal.ts";
import { readyTarget } from "./ready-target.ts";
import { bundleStore, reach, terraform } from "./workspace.ts";
import { type ReportOptions, writeReport } from "./write-report.ts";

export interface PlanCommandOptions extends ReportOptions {
  readonly beforePromotion?: true;
}

/** Plans an environment and reports it. */
export async function runPlan(name: string, options: PlanCommandOptions): Promise<void> {
  const target = await readyTarget(name);
  const assumed = options.beforePromotion === true && target.spec.promotedFrom !== undefined;
  const open = await terraform();
  const stack = await open(assumed ? { ...target.spec, promotedFrom: undefined } : target.spec);
  const planned = await stack.plan("apply", { readOnly: true });
  const sites = reach();
  try {
    const extras = {
      ...reviewVariables(process.env),
      bundleBytes: await bundleSizes(target, () => bundleStore(target)),
      promotionAssumed: assumed,
    };
    const review = await reviewToRead(target, planned, extras, () => findConnector(target, sites));
    await writeReport(review, options);
    if (planned.failure === undefined) return;
    terminal.progress(planned.failure);
    process.exitCode = EXIT.userError;
  } finally {
    await planned.discard();
    await sites.close();
  }
}
