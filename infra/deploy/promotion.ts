import { promotionSourceMissing } from "../terraform/plan-refusal.ts";
import type { BundleStore } from "../bundles/stored-bundles.ts";
import type { OpenStack } from "../terraform/stack.ts";
import { UserError } from "../errors/user-error.ts";
import { type Check } from "../verify/check.ts";
import { verdictOf } from "../verify/verdict.ts";
import { type VerifyOptions, verify } from "../verify/verify.ts";
import { deployedBundleOf } from "./bundle-of-state.ts";
import { type Target, withWorkerFile } from "../specification/target.ts";

export interface PromotionOptions {
  readonly target: Target;
  /** The environment it is promoted from. */
  readonly source: Target;
  readonly open: OpenStack;
  /** Where the earlier environment's bundles are kept. */
  readonly sourceStore: BundleStore;
  /** Folder that a kept bundle is written to. */
  readonly folder: string;
}

export interface Promotion {
  /** The target with the bundle that the earlier environment runs. */
  readonly target: Target;
  /** SHA-256 of the bundle that runs now; undefined where nothing was deployed. */
  readonly running: string | undefined;
}

/** The name of the environment that this one is promoted from. @throws UserError when there is none. */
export function promotionSource({ named }: Target): string {
  const { promotedFrom } = named.environment;
  if (promotedFrom !== undefined) return promotedFrom;
  throw new UserError(
    "no-promotion",
    `${named.name} is not promoted from another environment. Name one in promotedFrom of ` +
      `infra/environments/${named.name}.ts, or deploy it by itself with: npx queueit-cf deploy ` +
      named.name,
  );
}

/**
 * The target with exactly the bytes that the earlier environment runs: those that were built here when they
 * are the same, otherwise those that were kept when they were deployed. Nothing is built anew for a
 * promotion.
 *
 * @throws UserError when the earlier environment was never deployed, or its bundle was not kept.
 */
export async function promotionOf(options: PromotionOptions): Promise<Promotion> {
  const { target, source, open, sourceStore, folder } = options;
  const wanted = deployedBundleOf(await (await open(source.spec)).outputs());
  if (wanted === undefined) {
    throw promotionSourceMissing(target.spec.environment, source.spec.environment);
  }
  const running = deployedBundleOf(await (await open({ ...target.spec, promotedFrom: undefined })).outputs());
  const isBuilt = target.spec.worker.file.sha256 === wanted;
  return {
    running,
    target: isBuilt ? target : withWorkerFile(target, await sourceStore.take(wanted, folder)),
  };
}

/**
 * Verifies the earlier environment.
 *
 * @param onCheck Gets each check as it is done.
 * @throws UserError when a check failed, or could not be tried.
 */
export async function requireVerified(
  options: VerifyOptions,
  onCheck: (check: Check) => void,
): Promise<void> {
  const checks: Check[] = [];
  for await (const check of verify(options)) {
    onCheck(check);
    checks.push(check);
  }
  const { environment } = options.target.spec;
  if (verdictOf(environment, checks).ready) return;
  const open = checks.filter(({ outcome }) => outcome !== "passed");
  const reasons = open.map(({ name, outcome, detail, remedy }) => {
    const what = outcome === "skipped" ? "could not be tried: " : "";
    return `${name}: ${what}${detail}${remedy === undefined ? "" : ` → ${remedy}`}`;
  });
  throw new UserError(
    "not-verified",
    `${environment} does not work as it must, or could not be checked, so nothing is promoted from it.\n- ` +
      `${reasons.join("\n- ")}\nFix ${environment}, check it with "npx queueit-cf verify ${environment}", ` +
      "then promote again.",
  );
}
