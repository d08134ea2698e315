import type { RiskRule } from "./risk.ts";

/** A plan with changes of which Terraform itself says that it would not apply them. */
export const notApplyable: RiskRule = ({ plan: { applyable, errored }, changes }) => {
  const hasChanges = changes.some(({ effect }) => effect !== "drift" && effect !== "untouched");
  if (applyable || errored || !hasChanges) return [];
  return [
    {
      rule: "plan-not-applyable",
      level: "medium",
      title: ["Terraform says that this plan cannot be applied"],
      explanation: "It lists changes nevertheless; what would happen to them is unknown.",
      remedy: "Plan again, and read Terraform's own message.",
    },
  ];
};
