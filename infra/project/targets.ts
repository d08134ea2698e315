import { join } from "node:path";
import { workerBundle } from "../bundles/worker-bundle.ts";
import { pickEnvironment } from "../environments/definition/pick-environment.ts";
import { settled } from "../environments/definition/settled.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { LIMITS, readFileUpTo, Unreadable } from "../files/read-up-to.ts";
import { projectRoot } from "../files/project-root.ts";
import { sha256Of } from "../files/sha256.ts";
import type { WorkerFile } from "../specification/specification.ts";
import { specify } from "../specification/specify.ts";
import { type Target, pickTarget } from "../specification/target.ts";
import { readProjectConfiguration } from "./project-file.ts";
import { type Project, readProject } from "./project.ts";

/** What the files of this project ask for. */
export interface Targets extends Pick<Project, "warnings"> {
  /** One for each environment, in the order of their names. */
  readonly targets: readonly Target[];
}

/**
 * From `infra/environments/` and `worker/` to a target for each environment. Nothing is written but the
 * bundle.
 *
 * @param names Of the environments that are wanted; all are validated. Default: all.
 * @throws UserError with every problem of every environment, or when there is none of a name.
 */
export async function readTargets(names?: readonly string[]): Promise<Targets> {
  const { environments, warnings } = await readProject();
  for (const name of names ?? []) pickEnvironment(environments, name);
  const bundle = await workerBundle();
  const targets = environments
    .filter(({ name }) => names?.includes(name) ?? true)
    .map((named) => targetOf(named, environments, bundle));
  return { targets, warnings };
}

/** The target of one environment. @throws UserError as {@link readTargets} does. */
export async function readTarget(name: string): Promise<Target> {
  return pickTarget((await readTargets([name])).targets, name);
}

function targetOf(named: NamedEnvironment, all: readonly NamedEnvironment[], bundle: WorkerFile): Target {
  const workerFile = workerFileOf(named) ?? bundle;
  return { named, spec: specify({ named, all, workerFile, readConfiguration: readProjectConfiguration }) };
}

/** The Worker file from elsewhere that an environment names. */
function workerFileOf(named: NamedEnvironment): WorkerFile | undefined {
  const { worker } = settled(named);
  if (worker.source !== "file") return undefined;
  const path = join(projectRoot(), worker.path);
  return { path, sha256: sha256Of(workerBytes(named.name, path)), format: worker.format };
}

function workerBytes(environment: string, path: string): Uint8Array {
  try {
    return readFileUpTo(path, LIMITS.worker);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "worker-file-unreadable",
      `The Worker file of ${environment}, ${path}, ${error.message}. Put the file there, or fix worker.path.`,
    );
  }
}
