import { TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { PlanValue } from "../value.ts";
import type { RiskRule } from "./risk.ts";

const DECIDING = ["pattern", "script", "zone_id"] as const;

/** A value that decides about protection and is only known after the apply, or is no text. */
export const unknownRoute: RiskRule = ({ plan }) =>
  plan.resources.flatMap(({ type, address, after }) => {
    if (type !== TYPES.route || after === undefined) return [];
    const unknown = DECIDING.filter((name) => !isTold(name, after[name]));
    if (unknown.length === 0) return [];
    return [
      {
        rule: "unknown-route",
        level: "medium",
        title: sentence`${unknown.join(", ")} of ${address} is not known before the apply`,
        explanation: "Whether pages stay protected cannot be seen from this plan.",
        remedy: "Write the value itself instead of a reference, or apply in two steps.",
      },
    ];
  });

/** A route without a Worker is a bypass, so no script is told too. */
function isTold(name: (typeof DECIDING)[number], value: PlanValue | undefined): boolean {
  return typeof value === "string" || (name === "script" && (value ?? null) === null);
}
