import type { Action, Trigger, TriggerPart } from "../configuration/integration-configuration.ts";
import { SHORTEST_LITERAL } from "./piece-hash.ts";

/** Upper-cased literals of which a text has to contain at least one. */
export type Literals = readonly string[];

/** Literals to choose from: of whichever are chosen, one is in the URL when the trigger holds. */
export type Choices = readonly Literals[];

/**
 * Of each trigger of an action the choices of literals, or undefined when of one trigger nothing of that kind
 * can be said. At least one literal of what is chosen for all triggers is in the upper-cased URL whenever the
 * action matches: it is a condition that matching needs, not one that suffices.
 *
 * What makes it hold: host and path are cut out of the URL, a text that equals a literal contains it, and
 * upper-casing goes character by character, so that a text which contains a literal still does when both are
 * upper-cased. Only surrogates break that, where a literal begins or ends inside of a pair.
 */
export function literalChoices(action: Action): readonly Choices[] | undefined {
  const all: Choices[] = [];
  for (const trigger of action.Triggers) {
    const choices = trigger.LogicalOperator === "Or" ? choicesOfOr(trigger) : choicesOfAnd(trigger);
    if (choices.length === 0) return undefined;
    all.push(choices);
  }
  return all;
}

/** Whether its literals leave it open that an action matches. Needs no preparation. */
export function mayMatch(action: Action, upperUrl: string): boolean {
  const mayHold = (part: TriggerPart): boolean =>
    literalsOfPart(part)?.some((literal) => upperUrl.includes(literal)) ?? true;
  return action.Triggers.some(({ LogicalOperator, TriggerParts: parts }) =>
    LogicalOperator === "Or" ? parts.some(mayHold) : parts.every(mayHold),
  );
}

/** Each part has to hold, so the literals of any one of them will do. */
function choicesOfAnd({ TriggerParts: parts }: Trigger): Choices {
  const choices: Literals[] = [];
  for (const part of parts) {
    const literals = literalsOfPart(part);
    if (literals !== undefined) choices.push(literals);
  }
  return choices;
}

/** Any part may be the one that holds, so it takes the literals of all. */
function choicesOfOr({ TriggerParts: parts }: Trigger): Choices {
  const merged: string[] = [];
  for (const part of parts) {
    const literals = literalsOfPart(part);
    if (literals === undefined) return [];
    merged.push(...literals);
  }
  return [merged];
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

const SURROGATE = /[\ud800-\udfff]/;

/** `*` is among the literals that are too short. */
function prepared(literals: Literals): Literals | undefined {
  const upper = literals.map((literal) => literal.toUpperCase());
  return upper.every((literal) => literal.length >= SHORTEST_LITERAL && !SURROGATE.test(literal))
    ? upper
    : undefined;
}
