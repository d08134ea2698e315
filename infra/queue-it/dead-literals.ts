import { literalsOf } from "../../worker/configuration-doubts.ts";
import type { Action, IntegrationConfiguration, TriggerPart } from "../../worker/configuration.ts";
import { normalizeUrl } from "../../worker/url-normalization.ts";
import type { ConfigurationWarning } from "./configuration-warnings.ts";
import { quoted } from "./quoted.ts";

const PAGE = "https://host.invalid/page";

/** Literals that no path or page URL contains, and literals under the property that the operator does not read. */
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
  if (part.ValidatorType !== "UrlValidator" || part.UrlPart === "HostName") return [];
  return literalsOf(part).flatMap((literal) => {
    const sent = asSent(literal, action.IsNormalizationEnabled === true);
    const isSame =
      part.IsIgnoreCase === true ? sent.toUpperCase() === literal.toUpperCase() : sent === literal;
    if (isSame) return [];
    const which = action.IsNormalizationEnabled === true ? "a normalized URL" : "the URL of a browser";
    return [
      {
        code: "dead-literal" as const,
        what: `${place} compares with ${quoted(literal)}, which ${which} never contains in this form`,
        remedy: `write ${quoted(sent)}`,
      },
    ];
  });
}

/** A literal as it looks in a URL: normalized, or only percent-encoded as browsers do it. */
function asSent(literal: string, isNormalized: boolean): string {
  if (!isNormalized) {
    return literal.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  }
  const normalized = normalizeUrl(`${PAGE}${literal}`);
  return normalized.startsWith(PAGE) ? normalized.slice(PAGE.length) : normalized;
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
    remedy: `move them to ${read}, or use ${isAny ? (part.Operator ?? "").replace("Any", "") : `${part.Operator ?? ""}Any`}`,
  };
}
