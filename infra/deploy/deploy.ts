import { stat } from "node:fs/promises";
import type { BundleStore } from "../bundles/stored-bundles.ts";
import type { Console } from "../console/console.ts";
import type { ApplyOutcome, OpenStack, PlannedStack, Stack } from "../terraform/stack.ts";
import { UserError } from "../errors/user-error.ts";
import { asUserError } from "../files/system-refusal.ts";
import { Interrupted, whileDoing } from "../console/interruption.ts";
import type { Review } from "../plan/review.ts";
import { type ApplyFailedOptions, type ApplyFailure, applyFailed } from "./apply-failed.ts";
import { leftText } from "./apply-progress.ts";
import { requireChainable } from "./chained-worker.ts";
import { type Approval, requireApproval } from "./approval.ts";
import { changesOutputsOnly, isEmpty, reviewOf, reviewToRead, type ReviewExtras } from "./review-of.ts";
import { adoptedDone } from "./adopted-done.ts";
import { requireNoFreeze } from "./freeze.ts";
import { planStopped } from "./plan-stopped.ts";
import type { FoundConnector } from "../verify/find-connector.ts";
import type { Target } from "../specification/target.ts";

export interface DeployOptions extends ApplyFailedOptions {
  readonly open: OpenStack;
  /** Keeps the bundle for a later rollback. */
  readonly store: BundleStore;
  readonly approval: Approval;
  readonly extras: ReviewExtras;
  readonly console: Console;
  /** Looks for a connector that answers already; asked only where the state is empty. */
  readonly findConnector: () => Promise<FoundConnector>;
  /** Writes the report of the plan. */
  readonly report: (review: Review) => void;
  /**
   * Done as soon as the plan is approved, ahead of everything that it changes.
   * @default nothing
   */
  readonly beforeApply?: () => Promise<void>;
  /** Resolves when the sites answer with what was deployed. @throws UserError when they do not. */
  readonly untilAnswered: () => Promise<void>;
  /**
   * What the question to the user begins with.
   * @default "Deploy"
   */
  readonly verb?: string;
}

export interface Deployed {
  readonly digest: string;
  /** False when there was nothing to change. */
  readonly changed: boolean;
}

/**
 * Plans, gets the plan approved, applies exactly that plan, and proves that it is done: a second plan is
 * empty, and the sites answer with the new bundle.
 *
 * @throws UserError when the plan stopped, is not the reviewed one, is not approved, was not applied in full,
 *   or the sites do not answer with it; Interrupted when this process was asked to end.
 */
export async function deploy(options: DeployOptions): Promise<Deployed> {
  const { target, open, store, approval, console, verb = "Deploy" } = options;
  const { environment, worker } = target.spec;
  const stack = await open(target.spec);
  const planned = await stack.plan("apply");
  try {
    const review = await reviewedPlan(options, planned);
    const { digest } = review;
    if (isEmpty(review)) {
      // Also where another plan was reviewed: a pipeline that is run again has deployed it already.
      console.progress(
        `Nothing to change: the account has of ${environment} what Terraform writes there. To see whether ` +
          `its sites queue, and what KV holds where Queue-it owns it: npx queueit-cf verify ${environment}`,
      );
      const done = adoptedDone(target.spec, review);
      if (done !== undefined) console.progress(done);
      await recordIfMissing(options, digest);
      return { digest, changed: false };
    }
    await requireChainable(target, review);
    requireNoFreeze(target, options.extras.now, approval.despiteFreeze, console);
    await requireApproval(review, approval, console, verb);
    // Before the apply: whatever happens then, there is a bundle to come back to.
    await store.keep(worker.file);
    await options.beforeApply?.();
    const outcome = await planned.apply();
    await whileDoing(afterApply(environment, outcome), async () => {
      if (outcome.ok) await recordBundle(options, digest);
      if (outcome.ok && outcome.interruptedBy !== undefined) throw new Interrupted(outcome.interruptedBy);
      await settle(stack, outcome, options, review);
      if (!outcome.ok) await recordBundle(options, digest);
      await options.untilAnswered();
    });
    return { digest, changed: true };
  } finally {
    await planned.discard();
  }
}

/** What it means to be ended between the apply and the end. */
function afterApply(environment: string, outcome: ApplyOutcome): string {
  return outcome.ok
    ? `${environment} was deployed; the result was not checked. Run: npx queueit-cf verify ${environment}`
    : `The deploy of ${environment} failed halfway, and what is left to do was not checked: ${outcome.reason} To ` +
        `continue from there: npx queueit-cf deploy ${environment}`;
}

async function reviewedPlan(
  { target, extras, report, findConnector }: DeployOptions,
  planned: PlannedStack,
): Promise<Review> {
  const review = await reviewToRead(target, planned, extras, findConnector);
  if (planned.failure === undefined) {
    report(review);
    return review;
  }
  // Without its report: that lists a part, and says the reason a second time.
  throw planStopped(target.spec.environment, planned.failure);
}

/**
 * Proves that nothing is left to do. The provider is known to report an error for an upload that succeeded:
 * the second plan, which looks at the account, tells that from a real one. Only the outputs of the state are
 * then behind; they are written by applying that plan, which touches nothing in the account.
 */
async function settle(
  stack: Stack,
  outcome: ApplyOutcome,
  options: DeployOptions,
  applied: Review,
): Promise<void> {
  const { target, extras, console } = options;
  if (!outcome.ok && !isToBeLookedAt(outcome)) throw await applyFailed(options, outcome, applied);
  // A planner that was killed may have left its lock.
  const readOnly = !outcome.ok && outcome.brokenOff !== undefined;
  const second = await stack.plan("apply", { readOnly }).catch(async (error: unknown) => {
    const refusal = error instanceof UserError ? error : asUserError(error);
    if (refusal === undefined) throw error;
    if (!outcome.ok) throw await applyFailed(options, outcome, applied, refusal);
    throw refusal instanceof Interrupted ? refusal : notLookedAt(target, refusal);
  });
  try {
    const review = reviewOf(target, second, extras);
    const isReadable = second.failure === undefined;
    if (isReadable && isEmpty(review)) {
      if (!outcome.ok)
        console.progress(`An error was reported, but everything is in the account: ${outcome.reason}`);
      return;
    }
    if (isReadable && !outcome.ok && !readOnly && changesOutputsOnly(review)) {
      console.progress(`An error was reported, but everything is in the account: ${outcome.reason}`);
      await settle(stack, (await second.apply()).ok ? { ok: true } : outcome, options, applied);
      return;
    }
    throw outcome.ok
      ? notSettled(target, leftText(review, second.failure))
      : await applyFailed(options, outcome, applied, { review, failure: second.failure });
  } finally {
    await second.discard();
  }
}

/**
 * Whether a second plan is worth its time: not for somebody who wants to leave, nor on a state that lacks
 * everything.
 */
function isToBeLookedAt({ brokenOff, unsavedState }: ApplyFailure): boolean {
  return brokenOff?.by === undefined && unsavedState === undefined;
}

function notSettled({ spec: { environment } }: Target, left: string): UserError {
  return new UserError(
    "not-settled",
    `${environment} was deployed, but a second plan is not empty. Left to change:${left}\nFind out who or ` +
      "what else is changing the account, then plan again.",
  );
}

function notLookedAt({ spec: { environment } }: Target, { message }: UserError): UserError {
  return new UserError(
    "not-settled",
    `${environment} was deployed, but whether anything is left to change is not known: ${message} Then run: npx ` +
      `queueit-cf deploy ${environment}`,
  );
}

/**
 * Whatever ended an earlier deploy may have done so between its apply and its record: a rollback would then pass over
 * the bundle that ran.
 */
async function recordIfMissing(options: DeployOptions, digest: string): Promise<void> {
  const { target, store } = options;
  const { environment, worker } = target.spec;
  const [latest] = await store.history(environment);
  if (latest?.sha256 === worker.file.sha256) return;
  await store.keep(worker.file);
  await recordBundle(options, digest);
  options.console.progress(
    `Bundle ${worker.file.sha256} runs, and no deploy had recorded it: it is recorded now, for a rollback.`,
  );
}

async function recordBundle({ target, store }: DeployOptions, digest: string): Promise<void> {
  const { environment, worker } = target.spec;
  const { path, sha256 } = worker.file;
  const { size: bytes } = await stat(path);
  try {
    await store.record(environment, { sha256, bytes, deployedAt: new Date().toISOString(), digest });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      "not-recorded",
      `${environment} is deployed, but its bundle is not recorded, so no rollback will find it. ${error.message} Then ` +
        `deploy again, which records it: npx queueit-cf deploy ${environment}`,
    );
  }
}
