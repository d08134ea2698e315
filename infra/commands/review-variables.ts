import { requireCleanVariables } from "../clean-variables.ts";
import type { ReviewContext } from "../plan/context.ts";
import { secretsIn } from "../secrets/secret-variables.ts";

/**
 * What environment variables add to a review: the plan key (QUEUEIT_PLAN_KEY), and what no report may show.
 *
 * @throws UserError when the plan key is not what it is meant to be.
 */
export function reviewVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Pick<ReviewContext, "planKey" | "secrets"> {
  const { QUEUEIT_PLAN_KEY: planKey = "" } = variables;
  requireCleanVariables({ QUEUEIT_PLAN_KEY: planKey });
  return { secrets: secretsIn(variables), ...(planKey !== "" && { planKey }) };
}
