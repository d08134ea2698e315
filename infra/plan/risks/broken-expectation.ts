import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A URL of the environment's coverage that is not what it has to be. */
export const brokenExpectation: RiskRule = ({ coverage }) =>
  coverage.flatMap(({ url, expected, broken }) =>
    broken === undefined
      ? []
      : [
          {
            rule: "broken-expectation",
            level: "high",
            title: [...sentence`${url} must be `, `${expected}: ${broken}`],
            explanation:
              "The environment's coverage promises it, and after this plan that is no longer true.",
            remedy:
              "Fix the routes or the integration configuration, or change the expectation, with a reason.",
          },
        ],
  );
