import { ENV_EXAMPLE, envExample } from "../../init/env-example.ts";
import type { FileToWrite } from "../../init/initial-text.ts";
import { PROJECT_FILES } from "../../init/project-files.ts";
import { isCheckout } from "../../project/definition-module.ts";
import { fileThere } from "../../project/file-there.ts";

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
      const before = (await fileThere(path))?.toString();
      return { path, text: textOf(before), before };
    }),
  );
  return all.filter(({ text, before }) => text !== before);
}
