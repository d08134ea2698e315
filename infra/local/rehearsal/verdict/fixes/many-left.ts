import { figure, percent } from "../../../../text/figures.ts";
import type { FixRule } from "./fix-rule.ts";

const MANY = 0.2;

/** Visitors who gave up in line. */
export const manyLeft: FixRule = ({ timeline }) => {
  const left = timeline.reduce((sum, moment) => sum + moment.left, 0);
  const letIn = timeline.reduce((sum, moment) => sum + moment.letIn, 0);
  if (left <= (left + letIn) * MANY) return [];
  return [
    {
      rule: "many-left",
      level: "low",
      title: `${percent(left, left + letIn)} left the line before their turn`,
      explanation: `${figure(left)} visitors gave up. How patient they are is the scenario's assumption.`,
      remedy:
        "Raise the outflow, or open the waiting room before the sale, so that nobody stands in line for long.",
    },
  ];
};
