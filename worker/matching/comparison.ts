import type { TriggerPart } from "../configuration/integration-configuration.ts";
import type { Subject } from "../visitor/visit.ts";

/** Whether a text of the request fulfils one trigger part. */
export type Comparison = (subject: Subject) => boolean;

/**
 * Prepares the comparison of a trigger part, with the meaning of the SDK's ComparisonOperatorHelper: ignoring
 * case compares upper-cased texts, a missing literal is the empty string, an unknown operator is false
 * whatever IsNegative says, and `Contains *` is true for every text that is not empty, even when negative.
 */
export function compileComparison(part: TriggerPart): Comparison {
  const ignoreCase = part.IsIgnoreCase === true;
  const negative = part.IsNegative === true;
  const text = ignoreCase ? upperText : plainText;
  const prepare = (literal: string): string => (ignoreCase ? literal.toUpperCase() : literal);
  const literal = prepare(part.ValueToCompare ?? "");
  const literals = part.ValuesToCompare ?? [];

  switch (part.Operator ?? "") {
    case "Equals":
      return (subject) => (text(subject) === literal) !== negative;
    case "Contains":
      if (literal === "*") return (subject) => subject.value !== "" || negative;
      return (subject) => text(subject).includes(literal) !== negative;
    case "EqualsAny": {
      const prepared = new Set(literals.map(prepare));
      return (subject) => prepared.has(text(subject)) !== negative;
    }
    case "ContainsAny": {
      const anything = literals.includes("*");
      const prepared = literals.map(prepare);
      return (subject) => {
        if (anything && subject.value !== "") return !negative;
        const value = text(subject);
        return prepared.some((candidate) => value.includes(candidate)) !== negative;
      };
    }
    default:
      return () => false;
  }
}

function plainText(subject: Subject): string {
  return subject.value;
}

function upperText(subject: Subject): string {
  return subject.upper;
}
