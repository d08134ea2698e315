import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../files/project-root.ts";

/**
 * Where environments are looked for: every file of this folder but `environment.ts` is one.
 *
 * @param root Default: the project's.
 */
export function environmentsFolder(root = projectRoot()): string {
  return join(root, "infra/environments");
}

/**
 * Names of the environments of a project, in their order; none where there is no such folder. Nothing is
 * imported.
 */
export async function environmentNames(folder = environmentsFolder()): Promise<readonly string[]> {
  const files = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return files
    .filter(
      (file) =>
        (file.isFile() || file.isSymbolicLink()) &&
        file.name.endsWith(".ts") &&
        file.name !== "environment.ts",
    )
    .map((file) => file.name.slice(0, -".ts".length))
    .sort();
}
