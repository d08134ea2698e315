import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A plan that was made for another environment than the one it is reported for. */
export const anotherEnvironment: RiskRule = ({ context: { environment, workerName }, before, after }) => {
  const names = new Set([...before.workers, ...after.workers].map(({ name }) => name));
  if (workerName === undefined || names.size === 0 || names.has(workerName)) return [];
  return [
    {
      rule: "another-environment",
      level: "high",
      title: [
        "The plan is not for this environment: its Worker is ",
        ...sentence`${[...names].join(", ")}, that of ${environment ?? "the environment"} is ${workerName}`,
      ],
      explanation: "The coverage and owner in this report are those of the wrong environment.",
      remedy: "Report the plan with the environment that it was made for.",
    },
  ];
};
