import type { Command } from "commander";
import { format, resolveConfig } from "prettier";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { commandsPage } from "./commands-page.ts";
import { costsPage } from "./costs-page.ts";
import { environmentPage } from "./environment-page.ts";
import { glossaryPage } from "./glossary-page.ts";
import { outputsPage } from "./outputs-page.ts";
import { variablesPage } from "./variables-page.ts";

/** The pages that are made of the code, by their path from the project's root. */
export async function referencePages(program: Command): Promise<ReadonlyMap<string, string>> {
  const style = await resolveConfig(`${PACKAGE_ROOT}/README.md`);
  const pages = {
    "docs/reference/environment.md": environmentPage(),
    "docs/reference/commands.md": commandsPage(program),
    "docs/reference/variables.md": variablesPage(),
    "docs/reference/outputs.md": outputsPage(program),
    "docs/costs-and-limits.md": costsPage(),
    "docs/glossary.md": glossaryPage(),
  };
  const written = Object.entries(pages).map(async ([path, page]) => {
    const text = page.replace(
      "\n",
      "\n\nGenerated from the code by `npm run docs:reference`; a test keeps the two in step.\n",
    );
    return [path, await format(text, { ...style, parser: "markdown" })] as const;
  });
  return new Map(await Promise.all(written));
}
