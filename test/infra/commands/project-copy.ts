import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../../infra/files/project-root.ts";
import type { Ran } from "./cli.ts";

/** A copy of this project in a folder of its own, for commands that write into the project. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ProjectCopy> {
    const folder = await mkdtemp(join(tmpdir(), "test-copy-"));
    for (const each of ["infra", "worker", "worker-hooks", "package.json"])
      await cp(join(PROJECT_ROOT, each), join(folder, each), { recursive: true });
    await symlink(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
    return new ProjectCopy(folder);
  }

  /** Runs a command of `queueit-cf` in it, without a terminal, with these variables and no others. */
  queueitCf(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
    const env = { PATH: process.env["PATH"] ?? "", HOME: this.folder, COLUMNS: "100000", ...variables };
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ["infra/queueit-cf.mjs", ...args],
        { cwd: this.folder, env },
        (_error, stdout, stderr) => {
          resolve({ code: child.exitCode ?? -1, stdout, stderr });
        },
      );
    });
  }

  /** Makes a file what it is in this project. */
  restore(path: string): Promise<void> {
    return cp(join(PROJECT_ROOT, path), join(this.folder, path));
  }

  /** The text of a file of the project; undefined where there is none. */
  read(path: string): Promise<string | undefined> {
    return readFile(join(this.folder, path), "utf8").catch(() => undefined);
  }
}
