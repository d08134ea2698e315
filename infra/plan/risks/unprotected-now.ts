import { connectorsOf, routeOf, TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/**
 * A protected route that somebody deleted outside Terraform: its pages are open until the plan is applied.
 */
export const unprotectedNow: RiskRule = ({ plan }) =>
  plan.drift.flatMap(({ type, address, before, after }) => {
    if (type !== TYPES.route || before === undefined || after !== undefined) return [];
    const { kind, pattern } = routeOf(address, before, connectorsOf(plan));
    if (kind !== "protect") return [];
    return [
      {
        rule: "unprotected-now",
        level: "medium",
        title: sentence`${pattern ?? address} lost its route outside Terraform`,
        explanation:
          "Its pages may be open right now. Somebody may have had a reason to switch the queue off.",
        remedy: "Ask who deleted the route and why, then apply soon.",
      },
    ];
  });
