import type { Action, IntegrationConfiguration, TriggerPart } from "./integration-configuration.ts";
import type { Settings } from "../deployment/settings.ts";

/**
 * Words that the SDK 5.0.1 knows. It takes any other without complaint, and as something else than was meant.
 */
export const KNOWN_WORDS = {
  ActionType: ["Queue", "Cancel", "Ignore"],
  RedirectLogic: ["AllowTParameter", "EventTargetUrl", "ForcedTargetUrl"],
  LogicalOperator: ["And", "Or"],
  ValidatorType: [
    "UrlValidator",
    "CookieValidator",
    "UserAgentValidator",
    "HttpHeaderValidator",
    "RequestBodyValidator",
  ],
  Operator: ["Equals", "Contains", "EqualsAny", "ContainsAny"],
  UrlPart: ["HostName", "PagePath", "PageUrl"],
} as const;

/** Something in a valid configuration that probably does not do what its author means. */
export type Doubt =
  | {
      readonly kind: "unknown-word";
      /** Where it is, for example `Integrations[0].Triggers[0].TriggerParts[1].Operator`. */
      readonly place: string;
      readonly property: keyof typeof KNOWN_WORDS;
      /** Empty where the word is missing. */
      readonly word: string;
    }
  | {
      /** The action compares a part of the URL that a visitor can write in several ways. */
      readonly kind: SpellingKind;
      readonly action: Action;
      /** The first condition that does. */
      readonly part: TriggerPart;
    };

type SpellingKind = "path-spelling" | "host-spelling" | "address-spelling";

/**
 * Everything doubtful in a valid configuration, in its order. Pure: the Worker counts it, the tools explain
 * it.
 */
export function doubtsOf(
  { Integrations }: IntegrationConfiguration,
  matching: Settings["matching"],
): readonly Doubt[] {
  return (Integrations ?? []).flatMap((action, index) => [
    ...unknownWords(action, `Integrations[${index}]`),
    ...(matching === "normalized" ? [] : spellings(action)),
  ]);
}

function unknownWords(action: Action, place: string): Doubt[] {
  const doubts: Doubt[] = [];
  const check = (at: string, property: keyof typeof KNOWN_WORDS, word: string, mayLack = false): void => {
    if (isKnown(property, word) || (mayLack && word === "")) return;
    doubts.push({ kind: "unknown-word", place: `${at}.${property}`, property, word });
  };
  check(place, "ActionType", action.ActionType);
  check(place, "RedirectLogic", action.RedirectLogic ?? "", true);
  action.Triggers.forEach((trigger, triggerIndex) => {
    const triggerPlace = `${place}.Triggers[${triggerIndex}]`;
    check(triggerPlace, "LogicalOperator", trigger.LogicalOperator ?? "", true);
    trigger.TriggerParts.forEach((part, partIndex) => {
      const partPlace = `${triggerPlace}.TriggerParts[${partIndex}]`;
      check(partPlace, "ValidatorType", part.ValidatorType ?? "");
      check(partPlace, "Operator", part.Operator ?? "");
      if (part.ValidatorType === "UrlValidator") check(partPlace, "UrlPart", part.UrlPart ?? "");
    });
  });
  return doubts;
}

function spellings(action: Action): Doubt[] {
  // An unknown word is a doubt of its own, and says more.
  if (!isKnown("ActionType", action.ActionType)) return [];
  const parts = action.Triggers.flatMap(({ TriggerParts }) => TriggerParts).filter(
    (part) =>
      part.ValidatorType === "UrlValidator" && isKnown("Operator", part.Operator ?? "") && !holdsAlways(part),
  );
  const first = (kind: SpellingKind, isMeant: (part: TriggerPart) => boolean): Doubt[] => {
    const part = parts.find(isMeant);
    return part === undefined ? [] : [{ kind, action, part }];
  };
  const isPath = ({ UrlPart }: TriggerPart): boolean => UrlPart === "PagePath" || UrlPart === "PageUrl";
  const keeps = (part: TriggerPart): boolean => !isException(action, part);
  return [
    // Nothing but the exception itself equals it, so that only one that is contained can be part of a detour.
    ...first(
      "path-spelling",
      (part) =>
        action.IsNormalizationEnabled !== true && isPath(part) && (keeps(part) || !comparesWhole(part)),
    ),
    ...first(
      "host-spelling",
      (part) =>
        part.UrlPart === "HostName" && keeps(part) && (comparesWhole(part) || part.IsIgnoreCase !== true),
    ),
    ...first(
      "address-spelling",
      (part) =>
        part.UrlPart === "PageUrl" && keeps(part) && (comparesWhole(part) || literalsOf(part).some(hasHost)),
    ),
  ];
}

function isKnown(property: keyof typeof KNOWN_WORDS, word: string): boolean {
  return (KNOWN_WORDS[property] as readonly string[]).includes(word);
}

/** Whether visitors pass where the condition's literal is found. */
export function isException({ ActionType: type }: Action, { IsNegative: negative }: TriggerPart): boolean {
  return (type === "Queue") === (negative === true);
}

/** The literals that a condition compares with. */
export function literalsOf(part: TriggerPart): readonly string[] {
  const isAny = part.Operator === "EqualsAny" || part.Operator === "ContainsAny";
  return isAny ? (part.ValuesToCompare ?? []) : [part.ValueToCompare ?? ""];
}

function comparesWhole({ Operator: operator }: TriggerPart): boolean {
  return operator === "Equals" || operator === "EqualsAny";
}

function hasHost(literal: string): boolean {
  return literal.includes("://");
}

/** What every URL contains can be found in every spelling of it. */
function holdsAlways(part: TriggerPart): boolean {
  const isContained = part.Operator === "Contains" || part.Operator === "ContainsAny";
  return isContained && literalsOf(part).some((literal) => ["", "*", "/"].includes(literal));
}
