import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../../errors/user-error.ts";
import { writeDurably } from "../../files/durable-write.ts";
import { projectRoot } from "../../files/project-root.ts";

interface ProjectFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** @throws UserError when a file would replace another one. */
export async function requireFree(
  files: readonly (ProjectFile & { readonly what: string })[],
): Promise<void> {
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

/** Writes files of the project, each as a whole or not at all. Those that others name come first. */
export async function writeProjectFiles(files: readonly ProjectFile[]): Promise<void> {
  for (const { path, content } of files) {
    const absolute = join(projectRoot(), path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeDurably(absolute, content);
    // A file of the repository, which everybody of the team reads.
    await chmod(absolute, 0o644);
  }
}
