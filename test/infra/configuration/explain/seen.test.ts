import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seenBy } from "../../../../infra/configuration/explain/match-steps.ts";
import { compileComparison } from "../../../../worker/matching/comparison.ts";
import { compileAction } from "../../../../worker/matching/matcher.ts";
import { Subject } from "../../../../worker/visitor/visit.ts";
import { somePart, someVisit } from "../findings/arbitraries.ts";

describe("what an explanation shows of a request", () => {
  it("is the very text that the Worker compares", () => {
    fc.assert(
      fc.property(somePart, fc.boolean(), someVisit, (part, isNormalized, visit) => {
        const action = {
          ActionType: "Queue",
          IsNormalizationEnabled: isNormalized,
          Triggers: [{ LogicalOperator: "And", TriggerParts: [part] }],
        };
        const seen = seenBy(part, action, visit);
        const holds = seen !== undefined && compileComparison(part)(new Subject(seen));
        expect(holds).toBe(compileAction(action)(visit, isNormalized ? visit.normalizedUrl : visit.url));
      }),
      { numRuns: 2000 },
    );
  });
});
