import { UserError } from "../../errors/user-error.ts";
import { nearest } from "../../text/nearest.ts";

/**
 * The environment with this name.
 *
 * @throws UserError that lists the known names when there is none.
 */
export function pickEnvironment<T extends { readonly name: string }>(
  environments: readonly T[],
  name: string,
): T {
  const found = environments.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const known = environments.map((environment) => environment.name);
  const guess = nearest(name, known);
  throw new UserError(
    "environment-unknown",
    `There is no environment ${JSON.stringify(name)}. ${guess === undefined ? "" : `Did you mean ${guess}? `}` +
      `The environments are: ${known.join(", ")}. To add one: npx queueit-cf init`,
  );
}
