import type { ConnectorSpec } from "../../connector/specification.ts";
import { UserError } from "../../errors.ts";
import { type Diagnostic, errorText } from "./messages.ts";

/**
 * Why there is no plan to report, in words that say what to do.
 *
 * @param output What was printed, without secrets, for where there are no diagnostics.
 */
export function planRefusal(
  { environment, promotedFrom }: ConnectorSpec,
  errors: readonly Diagnostic[],
  output: string,
): UserError {
  const isAbout = (words: RegExp) => errors.some((error) => words.test(`${error.summary} ${error.detail}`));
  if (promotedFrom !== undefined && isAbout(/Unable to find remote state|No stored state was found/)) {
    const { environment: earlier } = promotedFrom;
    return new UserError(
      "promotion-source-missing",
      `${environment} only gets a bundle that ${earlier} runs, and ${earlier} was never deployed: there is no state of ` +
        `it. Deploy it first, with: npx queueit-cf deploy ${earlier}`,
    );
  }
  if (isAbout(/Error acquiring the state lock/)) {
    return new UserError(
      "state-locked",
      `Somebody else is deploying ${environment}: its state is locked. Wait for that to end, then plan again. ` +
        `If nobody is, the lock was left behind: ${textOf(errors, output)}`,
    );
  }
  return new UserError("plan-failed", `The plan of ${environment} failed. ${textOf(errors, output)}`);
}

function textOf(errors: readonly Diagnostic[], output: string): string {
  if (errors.length === 0) return output.replaceAll(/\s+/g, " ").trim();
  return errors.map(errorText).join(" ");
}
