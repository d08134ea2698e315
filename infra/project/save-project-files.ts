import { chmod, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeDurably } from "../files/durable-write.ts";
import { projectRoot } from "../files/project-root.ts";

/** A file that is to be written into the project. */
export interface ProjectFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Writes files of the project, each as a whole or not at all. Those that others name come first. */
export async function saveProjectFiles(files: readonly ProjectFile[]): Promise<void> {
  for (const { path, content } of files) {
    const absolute = join(projectRoot(), path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeDurably(absolute, content);
    // A file of the repository, which everybody of the team reads.
    await chmod(absolute, 0o644);
  }
}
