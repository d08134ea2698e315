import type { ApplyOutcome } from "../terraform/stack.ts";
import { UserError } from "../errors/user-error.ts";
import { Interrupted } from "../console/interruption.ts";
import type { Review } from "../plan/review.ts";
import { createdBy, leftText, progressText } from "./apply-progress.ts";
import type { Target } from "../specification/target.ts";

export type ApplyFailure = Extract<ApplyOutcome, { readonly ok: false }>;

export interface ApplyFailedOptions {
  readonly target: Target;
  /** Commands that import into the state what the account has of the objects at these addresses. */
  readonly imports: (addresses: ReadonlySet<string>) => Promise<readonly string[]>;
}

/** What a second plan found, or why there is none. */
export type SecondLook = UserError | { readonly review: Review; readonly failure: string | undefined };

/**
 * An apply that was not done in full: what was done, what not, where the state is, and what to do next.
 *
 * @param applied The plan that was applied.
 */
export async function applyFailed(
  options: ApplyFailedOptions,
  { reason, brokenOff, unsavedState }: ApplyFailure,
  applied: Review,
  second?: SecondLook,
): Promise<UserError> {
  const { environment } = options.target.spec;
  const progress = brokenOff === undefined ? "" : progressText(applied, brokenOff);
  const again = `npx queueit-cf deploy ${environment}`;
  if (brokenOff?.by !== undefined && brokenOff.killedBy === undefined) {
    return new Interrupted(
      brokenOff.by,
      `The deploy of ${environment} stopped halfway.${progress}\n` +
        (unsavedState ??
          `What was done is recorded in the state. To continue from there: ${again}. If something then already exists, ` +
            "the message says how to import it."),
    );
  }
  const head = `The deploy of ${environment} failed halfway: ${reason}${progress}`;
  if (unsavedState !== undefined) return new UserError("apply-failed", `${head}\n${unsavedState}`);
  const kept =
    brokenOff === undefined
      ? "what was done is recorded in the state."
      : "what was done is in the state, but what was still under way may exist only in the account.";
  if (second === undefined || second instanceof UserError) {
    const blind = second === undefined ? "" : `\nWhat is left to change is unknown: ${second.message}`;
    return new UserError(
      "apply-failed",
      `${head}${blind}\nFix the cause, then deploy again (${again}): ${kept}`,
    );
  }
  const left = `\nLeft to change:${leftText(second.review, second.failure)}`;
  const unknown = await unknownToState(options, createdBy(second.review));
  return new UserError(
    "apply-failed",
    `${head}${left}\n${unknown ?? `Fix the cause, then deploy again: ${kept}`}`,
  );
}

/**
 * What the account has and the state does not know, with the way out; undefined when there is nothing of it.
 */
async function unknownToState(
  { imports }: ApplyFailedOptions,
  created: ReadonlySet<string>,
): Promise<string | undefined> {
  // Without it, the error stays what is to be told.
  const commands = await imports(created).catch(() => []);
  if (commands.length === 0) return undefined;
  return (
    "Some of it already exists in the account but not in the state: the state was lost or is elsewhere, " +
    "or somebody created it by hand. If the state is elsewhere, restore it. If it is lost, import what " +
    `exists, then deploy again:${commands.map((command) => `\n  ${command}`).join("")}`
  );
}
