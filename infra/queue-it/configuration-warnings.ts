import { type Doubt, doubtsOf, KNOWN_WORDS } from "../../worker/configuration/doubts.ts";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import { nearest } from "../text/nearest.ts";
import { deadLiterals } from "./dead-literals.ts";
import { emptyLists } from "./empty-lists.ts";
import { misspeltProperties } from "./misspelt-properties.ts";
import { listed, quoted } from "./quoted.ts";
import { spellingWarnings } from "./spelling-warnings.ts";
import type { ConfigurationWarning } from "./warning.ts";

/** More than anybody reads at once. */
const MOST = 20;

/**
 * Everything that the Worker takes and a person should look at: words and properties that are not known,
 * literals that no URL can have, and comparisons that a visitor gets around by writing a URL in another way.
 * At most 20 of each code.
 *
 * Pure: `validate`, the plan report and the dashboard say the same.
 *
 * @param matching The environment's `queueIt.matching`.
 */
export function configurationWarnings(
  configuration: IntegrationConfiguration,
  matching: "as-configured" | "normalized",
): readonly ConfigurationWarning[] {
  const doubts = doubtsOf(configuration, matching);
  return [
    ...limited(doubts.flatMap(unknownWord), "unknown-word", "words"),
    ...limited(misspeltProperties(configuration), "misspelt-property", "properties"),
    ...limited(deadLiterals(configuration), "dead-literal", "literals"),
    ...limited(emptyLists(configuration), "empty-list", "lists"),
    ...spellingWarnings(doubts),
  ];
}

/** What the SDK makes of a word that it does not know. */
const CONSEQUENCES: Readonly<Record<keyof typeof KNOWN_WORDS, string>> = {
  ActionType: "it is treated as Ignore, and its pages are open",
  RedirectLogic: "visitors come back to the page that they asked for",
  LogicalOperator: "it is treated as And",
  ValidatorType: "the condition never holds",
  Operator: "the condition never holds",
  UrlPart: "an empty text is compared instead",
};

function unknownWord(doubt: Doubt): readonly ConfigurationWarning[] {
  if (doubt.kind !== "unknown-word") return [];
  const { place, property, word } = doubt;
  const known = KNOWN_WORDS[property];
  const guess = negated(word, known) ?? respellingOf(word, known);
  const problem = word === "" ? "is missing" : `is ${quoted(word)}, which is not a word that the SDK knows`;
  return [
    {
      code: "unknown-word",
      what: `${place} ${problem}: ${CONSEQUENCES[property]}`,
      remedy: guess ?? `use ${listed(known, "or")}`,
    },
  ];
}

function respellingOf(word: string, known: readonly string[]): string | undefined {
  const guess = nearest(word, known);
  return guess === undefined ? undefined : `did you mean ${guess}?`;
}

/** `NotEquals` is near `Equals`, which is the opposite. */
function negated(word: string, known: readonly string[]): string | undefined {
  const [, meant = ""] = /^(?:is|does)?[ _-]?not[ _-]?(.+)$/i.exec(word) ?? [];
  const guess = meant === "" ? undefined : nearest(meant, known);
  return guess === undefined ? undefined : `did you mean ${guess} with IsNegative true?`;
}

function limited(
  warnings: readonly ConfigurationWarning[],
  code: ConfigurationWarning["code"],
  things: string,
): readonly ConfigurationWarning[] {
  if (warnings.length <= MOST) return warnings;
  const what = `There are ${warnings.length - MOST} more such ${things}`;
  return [...warnings.slice(0, MOST), { code, what, remedy: "fix these first, and check again" }];
}
