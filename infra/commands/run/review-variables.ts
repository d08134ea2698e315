import { requireCleanVariables } from "../../specification/clean-variables.ts";
import { UserError } from "../../errors/user-error.ts";
import type { ReviewContext } from "../../plan/context.ts";
import { secretsIn } from "../../secrets/secret-variables.ts";
import type { Variables } from "../../variables/command-variables.ts";

/** Fewer could be tried out by whoever has a signed comment or a report. */
const SHORTEST_PLAN_KEY = 16;

/**
 * What environment variables add to a review: the plan key (QUEUEIT_PLAN_KEY), and what no report may show.
 *
 * @throws UserError when the plan key is not what it is meant to be, or shorter than 16 characters.
 */
export function reviewVariables(variables: Variables): Pick<ReviewContext, "planKey" | "secrets"> {
  const { QUEUEIT_PLAN_KEY: planKey = "" } = variables;
  requireCleanVariables({ QUEUEIT_PLAN_KEY: planKey });
  if (planKey !== "" && planKey.length < SHORTEST_PLAN_KEY) {
    throw new UserError(
      "plan-key-short",
      `QUEUEIT_PLAN_KEY has fewer than ${SHORTEST_PLAN_KEY} characters, so it could be guessed: with it, ` +
        "anybody could sign a plan's comment and test guesses at secrets. Nothing was done. Make one " +
        "with: openssl rand -hex 32. It must be the same everywhere plans are made, reviewed and deployed.",
    );
  }
  return { secrets: secretsIn(variables), ...(planKey !== "" && { planKey }) };
}
