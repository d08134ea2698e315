import { KNOWN_WORDS, literalsOf } from "../../worker/configuration/doubts.ts";
import type { Action, Trigger, TriggerPart } from "../../worker/configuration/integration-configuration.ts";
import { actionEffect } from "./action-effect.ts";

/** Conditions that make an action apply when all of them hold. */
interface Way {
  readonly action: Action;
  /** Place of the action in the configuration. */
  readonly order: number;
  readonly conditions: ReadonlySet<string>;
}

/**
 * The actions that send somebody to a waiting room. Not among them: other types than `Queue`; actions whose
 * triggers never hold; and those whose visitors all belong to an action before it that lets them pass,
 * because it applies wherever this one would.
 *
 * @param actions In the order of the configuration.
 */
export function queueingActions(actions: readonly Action[]): ReadonlySet<Action> {
  const ways = actions.flatMap(waysOf);
  const queueing = ways.filter(({ action }) => actionEffect(action.ActionType) === "Queue");
  const passing = ways.filter(({ action }) => actionEffect(action.ActionType) !== "Queue");
  const reached = queueing.filter((way) => {
    const before = passing.find((other) => other.order < way.order && appliesWherever(other, way));
    // The page still queues where a queue action comes first of all.
    return (
      before === undefined ||
      queueing.some((other) => other.order < before.order && appliesWherever(other, way))
    );
  });
  return new Set(reached.map(({ action }) => action));
}

function waysOf(action: Action, order: number): readonly Way[] {
  return action.Triggers.flatMap(alternatives)
    .filter((parts) => parts.every(canHold))
    .map((parts) => ({ action, order, conditions: new Set(parts.map(conditionOf)) }));
}

/** The sets of parts of which one has to hold as a whole. */
function alternatives({ LogicalOperator, TriggerParts }: Trigger): readonly (readonly TriggerPart[])[] {
  return LogicalOperator === "Or" ? TriggerParts.map((part) => [part]) : [TriggerParts];
}

function canHold(part: TriggerPart): boolean {
  const knows = (words: readonly string[], word: string | null | undefined) => words.includes(word ?? "");
  return (
    knows(KNOWN_WORDS.ValidatorType, part.ValidatorType) &&
    knows(KNOWN_WORDS.Operator, part.Operator) &&
    (part.IsNegative === true || literalsOf(part).length > 0)
  );
}

/** Equal for parts that hold for the same requests. */
function conditionOf(part: TriggerPart): string {
  const isIgnoringCase = part.IsIgnoreCase === true;
  const literals = literalsOf(part).map((literal) => (isIgnoringCase ? literal.toUpperCase() : literal));
  const subject =
    part.ValidatorType === "UrlValidator"
      ? part.UrlPart
      : part.ValidatorType === "CookieValidator"
        ? part.CookieName
        : part.ValidatorType === "HttpHeaderValidator"
          ? part.HttpHeaderName?.toLowerCase()
          : "";
  return JSON.stringify([
    ...[part.ValidatorType, subject ?? "", part.Operator],
    ...[part.IsNegative === true, isIgnoringCase, literals.sort()],
  ]);
}

function appliesWherever(other: Way, way: Way): boolean {
  const isSameUrl =
    (other.action.IsNormalizationEnabled === true) === (way.action.IsNormalizationEnabled === true);
  return isSameUrl && [...other.conditions].every((condition) => way.conditions.has(condition));
}
