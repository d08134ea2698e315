import type { Command } from "commander";
import { format, resolveConfig } from "prettier";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { commandsPage } from "./commands-page.ts";
import { environmentPage } from "./environment-page.ts";
import { outputsPage } from "./outputs-page.ts";
import { variablesPage } from "./variables-page.ts";

/** The pages of `docs/reference/` that are made of the code, by their path from the project's root. */
export async function referencePages(program: Command): Promise<ReadonlyMap<string, string>> {
  const style = await resolveConfig(`${PACKAGE_ROOT}/README.md`);
  const pages = {
    environment: environmentPage(),
    commands: commandsPage(program),
    variables: variablesPage(),
    outputs: outputsPage(program),
  };
  const written = Object.entries(pages).map(async ([name, page]) => {
    const text = page.replace(
      "\n",
      "\n\nGenerated from the code by `npm run docs:reference`; a test keeps the two in step.\n",
    );
    return [`docs/reference/${name}.md`, await format(text, { ...style, parser: "markdown" })] as const;
  });
  return new Map(await Promise.all(written));
}
