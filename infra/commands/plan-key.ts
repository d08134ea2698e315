/** The key of the fingerprints of secrets (QUEUEIT_PLAN_KEY), where it is set. */
export function planKeyIn(variables: Readonly<Record<string, string | undefined>>): {
  readonly planKey?: string;
} {
  const planKey = variables["QUEUEIT_PLAN_KEY"];
  return planKey === undefined || planKey === "" ? {} : { planKey };
}
