import type { Action, Trigger, TriggerPart } from "./configuration.ts";
import { SHORTEST_LITERAL } from "./literal-index.ts";

/** Upper-cased literals of which a text has to contain at least one. */
export type Literals = readonly string[];

/** How much a choice of literals promises to find: the lower, the better. */
export type Cost = (literals: Literals) => number;

/**
 * Literals of which at least one is in the upper-cased URL whenever the action matches, or undefined when nothing
 * of that kind can be said. It is a condition that matching needs, not one that suffices.
 *
 * What makes it hold: host and path are cut out of the URL, a text that equals a literal contains it, and
 * upper-casing goes character by character, so that a text which contains a literal still does when both are
 * upper-cased. Only surrogates break that, where a literal begins or ends inside of a pair.
 */
export function requiredLiterals(action: Action, cost: Cost): Literals | undefined {
  return anyOf(action.Triggers.map((trigger) => literalsOfTrigger(trigger, cost)));
}

/** Every literal that could be chosen by `requiredLiterals`, as often as it occurs. */
export function* indexableLiterals(actions: readonly Action[]): Iterable<string> {
  for (const action of actions)
    for (const trigger of action.Triggers)
      for (const part of trigger.TriggerParts) yield* literalsOfPart(part) ?? [];
}

function literalsOfTrigger(trigger: Trigger, cost: Cost): Literals | undefined {
  const parts = trigger.TriggerParts.map(literalsOfPart);
  if (trigger.LogicalOperator === "Or") return anyOf(parts);
  let best: Literals | undefined;
  let lowest = Infinity;
  for (const literals of parts) {
    const price = literals === undefined ? Infinity : cost(literals);
    if (price >= lowest) continue;
    best = literals;
    lowest = price;
  }
  return best;
}

function anyOf(choices: readonly (Literals | undefined)[]): Literals | undefined {
  const literals: string[] = [];
  for (const choice of choices) {
    if (choice === undefined) return undefined;
    literals.push(...choice);
  }
  return literals;
}

function literalsOfPart(part: TriggerPart): Literals | undefined {
  if (part.ValidatorType !== "UrlValidator" || part.IsNegative === true) return undefined;
  switch (part.Operator ?? "") {
    case "Equals":
    case "Contains":
      return prepared([part.ValueToCompare ?? ""]);
    case "EqualsAny":
    case "ContainsAny":
      return prepared(part.ValuesToCompare ?? []);
    default:
      return undefined;
  }
}

/** `*` is among the literals that are too short. */
function prepared(literals: Literals): Literals | undefined {
  const upper = literals.map((literal) => literal.toUpperCase());
  return upper.every((literal) => literal.length >= SHORTEST_LITERAL && !/[\ud800-\udfff]/.test(literal))
    ? upper
    : undefined;
}
