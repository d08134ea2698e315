import { GLOSSARY } from "./glossary.ts";

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
      `${meaning}${never.length === 0 ? "" : ` Elsewhere also called ${never.map((each) => `“${each}”`).join(" or ")}.`}`,
      "",
    ]),
  ].join("\n");
}
