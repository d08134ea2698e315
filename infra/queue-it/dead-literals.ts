import { literalsOf } from "../../worker/configuration/doubts.ts";
import type {
  Action,
  IntegrationConfiguration,
  TriggerPart,
} from "../../worker/configuration/integration-configuration.ts";
import type { ConfigurationWarning } from "./warning.ts";
import { quoted } from "./quoted.ts";
import { deadLiteral } from "./sent-literal.ts";

/**
 * Literals that no URL has in the part that they are compared with, and literals under the property that the
 * operator does not read.
 */
export function deadLiterals(configuration: IntegrationConfiguration): readonly ConfigurationWarning[] {
  return (configuration.Integrations ?? []).flatMap((action, index) =>
    action.Triggers.flatMap(({ TriggerParts: parts }, triggerIndex) =>
      parts.flatMap((part, partIndex) => {
        const place = `Integrations[${index}].Triggers[${triggerIndex}].TriggerParts[${partIndex}]`;
        const unread = unreadLiteral(part, place);
        return unread === undefined ? deadIn(action, part, place) : [unread];
      }),
    ),
  );
}

function deadIn(action: Action, part: TriggerPart, place: string): readonly ConfigurationWarning[] {
  if (part.ValidatorType !== "UrlValidator") return unreadExpressions(part, place);
  return literalsOf(part).flatMap((literal) => {
    const dead = deadLiteral(literal, part, action.IsNormalizationEnabled === true);
    if (dead === undefined) return [];
    const what = `${place} compares with ${quoted(literal)}, which ${dead.why}`;
    return [{ code: "dead-literal" as const, what, remedy: dead.remedy }];
  });
}

const OF_VISITORS: readonly unknown[] = ["UserAgentValidator", "CookieValidator", "HttpHeaderValidator"];

/** What a visitor sends besides the URL may have any form, but none reads like a regular expression. */
function unreadExpressions(part: TriggerPart, place: string): readonly ConfigurationWarning[] {
  if (!OF_VISITORS.includes(part.ValidatorType)) return [];
  return literalsOf(part)
    .filter((literal) => /\.[*+]|\\[dw.]|^\^.|\[\^|\[a-z-]+\][*+]/i.test(literal))
    .map((literal) => ({
      code: "dead-literal",
      what:
        `${place} compares with ${quoted(literal)}, which the SDK does not treat as a pattern: a ` +
        "regular expression in it stands for itself, character by character",
      remedy: "use Contains with the text that all the values you mean have in common",
    }));
}

/** `Equals` with a list, or `EqualsAny` with a single value. */
function unreadLiteral(part: TriggerPart, place: string): ConfigurationWarning | undefined {
  const isAny = part.Operator === "EqualsAny" || part.Operator === "ContainsAny";
  const isOne = part.Operator === "Equals" || part.Operator === "Contains";
  const one = part.ValueToCompare ?? "";
  const many = part.ValuesToCompare ?? [];
  const [unread, read] = isAny
    ? ["ValueToCompare", "ValuesToCompare"]
    : ["ValuesToCompare", "ValueToCompare"];
  const isMisplaced = (isAny && many.length === 0 && one !== "") || (isOne && one === "" && many.length > 0);
  if (!isMisplaced) return undefined;
  return {
    code: "dead-literal",
    what: `${place} has its literals in ${unread}, and ${part.Operator ?? ""} reads ${read}, which is empty`,
    remedy:
      `move them to ${read}, or use ` +
      (isAny ? (part.Operator ?? "").replace("Any", "") : `${part.Operator ?? ""}Any`),
  };
}
