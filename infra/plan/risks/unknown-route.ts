import { TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import { Unknown } from "../value.ts";
import type { RiskRule } from "./risk.ts";

/** A value that decides about protection and is only known after the apply. */
export const unknownRoute: RiskRule = ({ plan }) =>
  plan.resources.flatMap(({ type, address, after }) => {
    if (type !== TYPES.route || after === undefined) return [];
    const unknown = ["pattern", "script", "zone_id"].filter((name) => after[name] instanceof Unknown);
    if (unknown.length === 0) return [];
    return [
      {
        rule: "unknown-route",
        level: "medium",
        title: sentence`${unknown.join(", ")} of ${address} is only known after the apply`,
        explanation: "Whether pages stay protected cannot be told from this plan.",
        remedy: "Write the value itself instead of a reference, or apply in two steps.",
      },
    ];
  });
