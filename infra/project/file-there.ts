import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../files/project-root.ts";

/**
 * What a file of the project holds; undefined where there is none.
 *
 * @param path Relative to the project's root.
 * @throws Error where it is there and cannot be read: then it must not be replaced.
 */
export async function fileThere(path: string): Promise<Buffer | undefined> {
  return readFile(join(projectRoot(), path)).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}
