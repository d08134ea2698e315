import type { RiskRule } from "./risk.ts";

/** A plan that is not all there: Terraform stopped at an error or put changes off. */
export const incompletePlan: RiskRule = ({ plan: { errored, complete } }) => {
  if (errored) {
    return [
      {
        rule: "plan-errored",
        level: "high",
        title: ["The plan stopped at an error"],
        explanation: "What is listed is a part: Terraform refuses to apply it.",
        remedy: "Read Terraform's own message, mend its cause, and plan again.",
      },
    ];
  }
  if (complete) return [];
  return [
    {
      rule: "plan-incomplete",
      level: "medium",
      title: ["The plan puts changes off"],
      explanation: "Another plan is needed after this one, and it is not known yet what it changes.",
      remedy: "Report that plan too before it is applied.",
    },
  ];
};
