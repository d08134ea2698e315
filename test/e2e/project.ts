import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { synthesize } from "../../infra/connector/synthesize.ts";
import type { ConnectorSpec, WorkerFile } from "../../infra/specification/specification.ts";

/**
 * A folder in the place of this project's, so that no state or stack of a real environment is ever touched.
 */
export class Project {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Project> {
    return new Project(await mkdtemp(join(tmpdir(), "queueit-e2e-")));
  }

  /** Writes the stack as `cdktf synth` does, and returns its folder. */
  writeStack(spec: ConnectorSpec, { destroyable = false } = {}): string {
    const output = synthesize([spec], {
      projectRoot: this.folder,
      outputFolder: join(this.folder, "cdktf.out"),
      ...(destroyable && { destroyable: spec.environment }),
    });
    return join(output, "stacks", spec.environment);
  }

  /** The Worker's file with other bytes that do the same. */
  async rebuild(file: WorkerFile, note: string): Promise<WorkerFile> {
    const path = join(this.folder, "builds", note, file.path.replace(/^.*[/\\]/, ""));
    await mkdir(dirname(path), { recursive: true });
    await copyFile(file.path, path);
    await writeFile(path, `\n// ${note}\n`, { flag: "a" });
    const sha256 = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    return { ...file, path, sha256 };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** The specification with its states in local files, whatever backend the environment has. */
export function withLocalState(spec: ConnectorSpec): ConnectorSpec {
  const { promotedFrom } = spec;
  return {
    ...spec,
    backend: localState(spec.environment),
    promotedFrom: promotedFrom && { ...promotedFrom, backend: localState(promotedFrom.environment) },
  };
}

export function withBundle(spec: ConnectorSpec, file: WorkerFile): ConnectorSpec {
  return { ...spec, worker: { ...spec.worker, file } };
}

function localState(environment: string): ConnectorSpec["backend"] {
  return { type: "local", path: `terraform.${environment}.tfstate` };
}
