import { TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/**
 * A condition of the configuration that does not hold: among them, a bundle that the earlier environment does
 * not run.
 */
export const conditionFailed: RiskRule = ({ plan }) =>
  plan.failedChecks.map(({ address, messages }) => {
    const isPromotion = address.startsWith(TYPES.script);
    return {
      rule: isPromotion ? "ahead-of-earlier-environment" : "condition-failed",
      level: "high",
      title: isPromotion
        ? sentence`${address} is ahead of the environment it is promoted from`
        : sentence`A condition of ${address} does not hold`,
      explanation: messages.length === 0 ? "Terraform gives no reason." : messages.join(" "),
      remedy: isPromotion
        ? "Deploy this bundle to the earlier environment first, verify it there, and plan again."
        : "Fix what the condition asks for, and plan again.",
    };
  });

/** A condition that Terraform can only check while it applies: the plan may stop halfway. */
export const conditionOpen: RiskRule = ({ plan }) =>
  plan.openChecks.map((address) => ({
    rule: "condition-open",
    level: "medium",
    title: sentence`A condition of ${address} is only checked during the apply`,
    explanation: "Whether it holds cannot be seen from this plan; if it does not, the apply stops there.",
    remedy: "Make the values it depends on known before the plan, or apply outside a sale.",
  }));

/** A plan ahead of its promotion: it says what will change, not yet that it may. */
export const promotionAssumed: RiskRule = ({ context }) =>
  context.promotionAssumed === true
    ? [
        {
          rule: "promotion-assumed",
          level: "low",
          title: ["Planned as if the environment it is promoted from already ran this bundle"],
          explanation: "Whether it does is checked when this plan is made again for the deploy.",
          remedy:
            "Deploy to the earlier environment and verify it first; that is what the deploy workflow does.",
        },
      ]
    : [];
