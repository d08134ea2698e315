import { ATTEMPTS } from "../console/confirmed.ts";
import type { Console } from "../console/console.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * Has the name typed, or compares the one that was given beforehand.
 *
 * @throws UserError when it is another one, or there is nobody to ask.
 */
export async function requireTyped(
  { name, given, what }: { readonly name: string; readonly given: string | undefined; readonly what: string },
  console: Pick<Console, "ask" | "canAsk">,
): Promise<void> {
  if (given === undefined && !console.canAsk()) {
    throw new UserError(
      "switch-not-confirmed",
      `There is no terminal to ask at, so nothing was changed. To ${what}, add --yes ${name}`,
    );
  }
  let typed = given ?? (await console.ask(`To ${what}, type ${name}:`));
  for (let attempt = 1; given === undefined && attempt < ATTEMPTS; attempt++) {
    if (typed.trim() === "" || typed.trim() === name) break;
    typed = await console.ask(`That was ${JSON.stringify(typed)}. Type ${name}, or nothing to leave it:`);
  }
  if (typed.trim() === name) return;
  throw new UserError(
    "switch-not-confirmed",
    `The name given is ${JSON.stringify(typed)}, not ${name}, so nothing was changed. Run it again with ${name}.`,
  );
}
