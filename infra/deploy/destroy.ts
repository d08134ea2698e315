import { ATTEMPTS } from "../console/confirmed.ts";
import type { Console } from "../console/console.ts";
import type { OpenStack } from "../terraform/stack.ts";
import { UserError } from "../errors/user-error.ts";
import { Interrupted, whileDoing } from "../console/interruption.ts";
import type { Review } from "../plan/review.ts";
import type { ApplyFailure } from "./apply-failed.ts";
import { progressText } from "./apply-progress.ts";
import { isEmpty, reviewOf, type ReviewExtras } from "./review-of.ts";
import { requireNoFreeze } from "./freeze.ts";
import { planStopped } from "./plan-stopped.ts";
import { namedWorkers } from "../specification/named-workers.ts";
import type { Target } from "../specification/target.ts";

export interface DestroyOptions {
  readonly target: Target;
  readonly open: OpenStack;
  /** The environment's name, where it was given beforehand; undefined asks for it. */
  readonly confirmedName: string | undefined;
  readonly extras: ReviewExtras;
  readonly console: Console;
  readonly report: (review: Review) => void;
  /** Resolves when no site goes to the Worker any more. @throws UserError when one still does. */
  readonly untilGone: () => Promise<void>;
  /**
   * Why it is taken down at a time in which nothing is to be deployed.
   * @default nobody said so, and it is refused then
   */
  readonly despiteFreeze?: string | undefined;
}

/**
 * Takes an environment down, after its name was given. False when there was nothing.
 *
 * @throws UserError when the name is another one, not all of it went away, or a site still goes to the Worker.
 */
export async function destroy(options: DestroyOptions): Promise<boolean> {
  const { target, open, extras, console, report } = options;
  const { environment, routes } = target.spec;
  const stack = await open(target.spec, { destroyable: true });
  const planned = await stack.plan("destroy");
  try {
    const review = reviewOf(target, planned, extras);
    if (planned.failure !== undefined) throw planStopped(environment, planned.failure);
    if (isEmpty(review)) {
      // What answers all the same is in another state.
      await options.untilGone();
      return false;
    }
    report(review);
    const sites = routes.filter(({ kind }) => kind === "protect").map(({ pattern }) => pattern);
    console.say(
      `\nFrom that moment, every visitor to ${sites.join(", ")} reaches the site immediately, without a ` +
        "waiting room, even in the middle of a sale. The integration configuration is lost until Queue-it " +
        `publishes it again.${pastWorkers(target)}`,
    );
    requireNoFreeze(target, extras.now, options.despiteFreeze, console);
    await requireName(options);
    const outcome = await planned.apply();
    if (!outcome.ok) throw destroyFailed(environment, outcome, review);
    if (outcome.interruptedBy !== undefined)
      throw new Interrupted(outcome.interruptedBy, `All of ${environment} was already gone.`);
    await whileDoing(
      `All of ${environment} was already gone; whether its sites answer without the Worker was not checked.`,
      options.untilGone,
    );
    return true;
  } finally {
    await planned.discard();
  }
}

/** What a connector that goes away leaves without a route. */
function pastWorkers({ spec }: Target): string {
  const names = [...new Set(namedWorkers(spec).map(({ name }) => name))];
  if (names.length === 0) return "";
  return (
    ` These pages then come from the origin, and no longer from the Worker ${names.join(" or ")}: where the site ` +
    "needs it, give it a route of its own right after this."
  );
}

function destroyFailed(
  environment: string,
  { reason, brokenOff, unsavedState }: ApplyFailure,
  review: Review,
): UserError {
  const progress = brokenOff === undefined ? "" : progressText(review, brokenOff);
  const kept = unsavedState ?? "What was deleted is no longer in the state either.";
  const again = `To take down the rest: npx queueit-cf destroy ${environment}`;
  if (brokenOff?.by !== undefined && brokenOff.killedBy === undefined) {
    return new Interrupted(
      brokenOff.by,
      `Taking ${environment} down stopped halfway.${progress}\n${kept} ${again}`,
    );
  }
  return new UserError(
    "destroy-failed",
    `Not all of ${environment} went away: ${reason}${progress}\nFix the cause. ${kept} ${again}`,
  );
}

/** What was typed at last: a typo may be corrected. */
async function typedName(console: Console, environment: string): Promise<string> {
  let name = await console.ask(`To take it down, type ${environment}:`);
  for (let attempt = 1; attempt < ATTEMPTS && name.trim() !== "" && name.trim() !== environment; attempt++) {
    name = await console.ask(`That was ${JSON.stringify(name)}. Type ${environment}, or nothing to keep it:`);
  }
  return name;
}

async function requireName({ target, confirmedName, console }: DestroyOptions): Promise<void> {
  const { environment } = target.spec;
  const name = confirmedName ?? (await typedName(console, environment));
  if (confirmedName === undefined && name.trim() !== environment && !console.canAsk()) {
    throw new UserError(
      "name-not-confirmed",
      `There is no terminal to ask for the environment's name at, so nothing was changed. Add --yes ${environment}`,
    );
  }
  requireSameName(name, environment);
}

/** @throws UserError when the name that was given is not the environment's. */
export function requireSameName(given: string, environment: string): void {
  if (given.trim() === environment) return;
  throw new UserError(
    "name-not-confirmed",
    `The name given is ${JSON.stringify(given)}, not ${environment}, so nothing was changed. Run it again with ` +
      "the name of the environment to take down.",
  );
}
