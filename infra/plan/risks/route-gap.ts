import { connectorsOf, routeOf, TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A protected route that is deleted and made again: in between nothing protects. */
export const routeGap: RiskRule = ({ plan }) =>
  plan.resources.flatMap(({ type, operation, createsFirst, address, before }) => {
    if (type !== TYPES.route || operation !== "replace" || createsFirst || before === undefined) return [];
    const { kind, pattern } = routeOf(address, before, connectorsOf(plan));
    if (kind !== "protect") return [];
    return [
      {
        rule: "route-gap",
        level: "medium",
        title: sentence`${pattern ?? address} is unprotected for a moment`,
        explanation: "The route is deleted before it is created again; visitors at that moment do not queue.",
        remedy: "Apply outside a sale.",
      },
    ];
  });
