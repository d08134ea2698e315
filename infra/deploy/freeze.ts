import type { Console } from "../console/console.ts";
import { settled } from "../environments/definition/settled.ts";
import { UserError } from "../errors/user-error.ts";
import { freezeAt } from "../plan/freeze.ts";
import { printable } from "../text/printable.ts";
import type { Target } from "../specification/target.ts";

/**
 * Keeps changes out of the times in which nothing is to be deployed, or says that they are made all the same.
 *
 * @param now Milliseconds since 1970; undefined where nobody asks for the time, and no freeze is known.
 * @param despite Why it is done all the same; undefined when nobody said so.
 * @throws UserError `frozen` with the time and its reason.
 */
export function requireNoFreeze(
  { named, spec }: Target,
  now: number | undefined,
  despite: string | undefined,
  console: Pick<Console, "progress">,
): void {
  const window = now === undefined ? undefined : freezeAt(settled(named).freeze, now);
  if (window === undefined) return;
  if (despite !== undefined) {
    console.progress(
      `Nothing is to be deployed until ${printable(window.until)} (${printable(window.why)}); it is all the same, because: ` +
        printable(despite),
    );
    return;
  }
  throw new UserError(
    "frozen",
    `Nothing of ${spec.environment} is to be deployed from ${window.from} until ${window.until}: ${printable(window.why)}. ` +
      'Nothing was changed. If it cannot wait: --despite-freeze "<why>".',
  );
}
