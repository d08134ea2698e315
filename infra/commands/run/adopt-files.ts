import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AdoptedFile } from "../../adopt/adoption.ts";
import { UserError } from "../../errors/user-error.ts";
import { projectRoot } from "../../files/project-root.ts";

/** @throws UserError when a file would replace another one. */
export async function requireFree(files: readonly AdoptedFile[]): Promise<void> {
  for (const { path, content, what } of files) {
    const there = await readFile(join(projectRoot(), path)).catch(() => undefined);
    if (there === undefined || there.equals(content)) continue;
    throw new UserError(
      "adopted-file-exists",
      `${path} is there already, with other content, and would be replaced by ${what}: nothing was written. ` +
        "Move it away first.",
    );
  }
}
