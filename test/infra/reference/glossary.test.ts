import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { glossaryPage } from "../../../infra/reference/glossary-page.ts";
import { GLOSSARY } from "../../../infra/reference/glossary.ts";
import { PAGES } from "../../workflows/documented-commands.ts";

const pages = PAGES.filter((page) => !page.startsWith("test/") && page !== "docs/glossary.md").map(
  (page) => ({
    page,
    // Code has names of others.
    text: readFileSync(join(PACKAGE_ROOT, page), "utf8").replaceAll(
      /^ *```.*?^ *```|`[^`\n]*`|\]\([^)]*\)/gms,
      "",
    ),
  }),
);

const named = (word: string) => new RegExp(`(?<![\\w-])${word.replaceAll(" ", "\\s+")}s?(?![\\w-])`, "i");

describe("the glossary", () => {
  const words = GLOSSARY.map(({ word }) => word);

  it("is in the order of the alphabet, each word once", () => {
    const sorted = [...new Set(words)].sort((one, other) => one.localeCompare(other, "en"));
    expect(words).toEqual(sorted);
  });

  it("says each in one sentence", () => {
    for (const { meaning } of GLOSSARY) expect(meaning).toMatch(/^[A-Z][^.]*(?:`[^`]*`[^.]*)?\.$/);
  });

  it("joins other names of a word as a sentence does", () => {
    expect(glossaryPage()).toContain("Elsewhere also called “lobby”, “queue page” or “waitingroom”.");
  });

  it.each(words)("has %s because several pages use it", (word) => {
    expect(pages.filter(({ text }) => named(word).test(text)).length).toBeGreaterThan(1);
  });

  it.each(GLOSSARY.flatMap(({ word, never = [] }) => never.map((other) => [word, other] as const)))(
    "is kept to: %s is nowhere called %s",
    (_, other) => {
      expect(pages.filter(({ text }) => named(other).test(text)).map(({ page }) => page)).toEqual([]);
    },
  );
});
