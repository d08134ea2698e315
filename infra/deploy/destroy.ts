import type { Console } from "../console.ts";
import type { OpenStack } from "../engine/engine.ts";
import { UserError } from "../errors.ts";
import type { Review } from "../plan/review.ts";
import { isEmpty, reviewOf, type ReviewExtras } from "./review-of.ts";
import type { Target } from "./target.ts";

export interface DestroyOptions {
  readonly target: Target;
  readonly open: OpenStack;
  /** The environment's name, where it was given beforehand; undefined asks for it. */
  readonly confirmedName: string | undefined;
  readonly extras: ReviewExtras;
  readonly console: Console;
  readonly report: (review: Review) => void;
}

/**
 * Takes an environment down, after its name was given. False when there was nothing.
 *
 * @throws UserError when the name is another one, or not all of it went away.
 */
export async function destroy(options: DestroyOptions): Promise<boolean> {
  const { target, open, extras, console, report } = options;
  const { environment, routes } = target.spec;
  const stack = await open(target.spec, { destroyable: true });
  const planned = await stack.plan("destroy");
  try {
    const review = reviewOf(target, planned, extras);
    if (planned.failure !== undefined) {
      throw new UserError("plan-stopped", `The plan to take ${environment} down stopped: ${planned.failure}`);
    }
    if (isEmpty(review)) return false;
    report(review);
    const sites = routes.filter(({ kind }) => kind === "protect").map(({ pattern }) => pattern);
    console.print(
      `\nFrom that moment every visitor of ${sites.join(", ")} reaches the site at once, without a waiting room, also in ` +
        "the middle of a sale. The integration configuration is lost until Queue-it publishes it again.\n",
    );
    await requireName(options);
    const outcome = await planned.apply();
    if (outcome.ok) return true;
    throw new UserError(
      "destroy-failed",
      `Not all of ${environment} went away: ${outcome.reason} Mend the cause, then take it down again.`,
    );
  } finally {
    await planned.discard();
  }
}

async function requireName({ target, confirmedName, console }: DestroyOptions): Promise<void> {
  const { environment } = target.spec;
  const name =
    confirmedName ?? (await console.ask(`Type the environment's name to take it down (${environment}):`));
  if (name.trim() === environment) return;
  throw new UserError(
    "not-confirmed",
    `The name given is ${JSON.stringify(name)}, not ${environment}, so nothing was changed. Without a terminal, add ` +
      `--yes ${environment}`,
  );
}
