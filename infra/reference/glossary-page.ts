import { GLOSSARY } from "./glossary.ts";

const ALTERNATIVES = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** The words of this field, one sentence each. */
export function glossaryPage(): string {
  return [
    "# Glossary",
    "",
    "One word for one thing, on every page.",
    "",
    ...GLOSSARY.flatMap(({ word, meaning, never = [] }) => [
      `## ${word}`,
      "",
      `${meaning}${never.length === 0 ? "" : ` Elsewhere also called ${ALTERNATIVES.format(never.map((each) => `“${each}”`))}.`}`,
      "",
    ]),
  ].join("\n");
}
