import { requireCleanVariables } from "../clean-variables.ts";

/**
 * The key of the fingerprints of secrets (QUEUEIT_PLAN_KEY), where it is set.
 *
 * @throws UserError when it is not what it is meant to be.
 */
export function planKeyIn(variables: Readonly<Record<string, string | undefined>>): {
  readonly planKey?: string;
} {
  const planKey = variables["QUEUEIT_PLAN_KEY"];
  requireCleanVariables({ QUEUEIT_PLAN_KEY: planKey });
  return planKey === undefined || planKey === "" ? {} : { planKey };
}
