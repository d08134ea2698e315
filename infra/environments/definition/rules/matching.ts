import { errorAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** Only this project's Worker can match on the normalized URL; with another one the setting would do nothing. */
export const matching: Rule = ({ queueIt, worker }) =>
  queueIt?.matching === "normalized" && worker?.source === "file"
    ? [
        errorAt(
          "queueIt.matching",
          "matching-unsupported",
          "normalized",
          "needs this project's own Worker, and worker.source is file",
          'remove it, or use worker: { source: "bundled" }; meanwhile every action needs IsNormalizationEnabled',
        ),
      ]
    : [];
