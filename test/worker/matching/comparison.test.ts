import { ComparisonOperatorHelper } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigHelpers.js";
import { describe, expect, it } from "vitest";
import type { TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { compileComparison } from "../../../worker/matching/comparison.ts";
import { Subject } from "../../../worker/visitor/visit.ts";

const TEXTS = ["", "*", "a", "A", "b", "ab", "AB", "xaby", "ß", "SS"];
const OPERATORS = ["Equals", "Contains", "EqualsAny", "ContainsAny", "FutureOperator", ""];
const LISTS = [[], ["a"], ["a", "AB"], ["", "b"], ["*"], ["*", "a"]];

function holds(part: TriggerPart, text: string): boolean {
  return compileComparison(part)(new Subject(text));
}

/** Every part that can be made of the texts above. */
function* parts(): Generator<TriggerPart> {
  for (const Operator of OPERATORS)
    for (const IsNegative of [false, true])
      for (const IsIgnoreCase of [false, true]) {
        for (const ValueToCompare of TEXTS) yield { Operator, IsNegative, IsIgnoreCase, ValueToCompare };
        for (const ValuesToCompare of LISTS) yield { Operator, IsNegative, IsIgnoreCase, ValuesToCompare };
      }
}

describe("the comparison of a trigger part", () => {
  it("is the SDK's own, for every combination of a few texts", () => {
    let compared = 0;
    for (const part of parts())
      for (const text of TEXTS) {
        const sdk = ComparisonOperatorHelper.evaluate(
          part.Operator ?? "",
          part.IsNegative ?? false,
          part.IsIgnoreCase ?? false,
          text,
          part.ValueToCompare ?? "",
          [...(part.ValuesToCompare ?? [])],
        );
        compared++;
        expect([part, text, holds(part, text)]).toEqual([part, text, sdk]);
      }
    expect(compared).toBe(6 * 2 * 2 * (10 + 6) * 10);
  });

  it("is case-sensitive and not negative where the part does not say otherwise", () => {
    expect(holds({ Operator: "Equals", ValueToCompare: "a" }, "a")).toBe(true);
    expect(holds({ Operator: "Equals", ValueToCompare: "a" }, "A")).toBe(false);
  });

  it("takes a literal that is missing for the empty string, and a list that is missing for an empty one", () => {
    expect(holds({ Operator: "Equals" }, "")).toBe(true);
    expect(holds({ Operator: "EqualsAny" }, "")).toBe(false);
    expect(holds({ Operator: "ContainsAny" }, "a")).toBe(false);
  });

  it("is never true without an operator, not even a negative one", () => {
    expect(holds({ ValueToCompare: "a" }, "a")).toBe(false);
    expect(holds({ ValueToCompare: "a", IsNegative: true }, "b")).toBe(false);
  });
});
