import type { ReviewContext } from "../plan/context.ts";
import { secretsIn } from "../secrets/secret-variables.ts";

/** What environment variables add to a review: the plan key (QUEUEIT_PLAN_KEY), and what no report may show. */
export function reviewVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Pick<ReviewContext, "planKey" | "secrets"> {
  const planKey = variables["QUEUEIT_PLAN_KEY"] ?? "";
  return { secrets: secretsIn(variables), ...(planKey !== "" && { planKey }) };
}
