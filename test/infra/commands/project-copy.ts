import { cp, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { type Ran, runIn } from "./cli.ts";

const ENVIRONMENTS = "infra/environments";

/** A copy of this project's environments in a folder of its own, for commands that write into the project. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ProjectCopy> {
    const project = new ProjectCopy(await mkdtemp(join(tmpdir(), "test-copy-")));
    for (const name of ["environment", "production", "staging"])
      await project.restore(`${ENVIRONMENTS}/${name}.ts`);
    return project;
  }

  /** Runs a command of `queueit-cf` on it in this process, without a terminal, with these variables and no others. */
  queueitCf(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
    const usual = { PATH: process.env["PATH"] ?? "", HOME: this.folder };
    return runIn({ ...usual, ...variables }, "--project", this.folder, ...args);
  }

  /** Makes a file what it is in this project. */
  restore(path: string): Promise<void> {
    return cp(join(PACKAGE_ROOT, path), join(this.folder, path), { recursive: true });
  }

  /** The text of a file of the project; undefined where there is none. */
  read(path: string): Promise<string | undefined> {
    return readFile(join(this.folder, path), "utf8").catch(() => undefined);
  }
}
