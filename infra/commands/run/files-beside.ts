import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../files/project-root.ts";
import { ENV_EXAMPLE, envExample } from "../../init/env-example.ts";
import type { FileToWrite } from "../../init/initial-text.ts";
import { PROJECT_FILES } from "../../init/project-files.ts";
import { isCheckout } from "../../project/definition-module.ts";

/** What a project has beside its environments, where it differs: what is there gets what it lacks. */
export async function filesBeside(
  environments: Parameters<typeof envExample>[0],
): Promise<readonly FileToWrite[]> {
  const files: readonly (readonly [string, (present: string | undefined) => string])[] = [
    [ENV_EXAMPLE, (present) => envExample(environments, present)],
    ...(isCheckout() ? [] : PROJECT_FILES),
  ];
  const all = await Promise.all(
    files.map(async ([path, textOf]) => {
      const before = await present(path);
      return { path, text: textOf(before), before };
    }),
  );
  return all.filter(({ text, before }) => text !== before);
}

/** The text of a file of the project. What is there and cannot be read is not replaced. */
async function present(path: string): Promise<string | undefined> {
  return readFile(join(projectRoot(), path), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}
