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
  const bundleOf = bundlesByHooks();
  const targets = await Promise.all(
    environments
      .filter(({ name }) => names?.includes(name) ?? true)
      .map(async (named) => targetOf(named, environments, await bundleOf(hooksOf(named)))),
  );
  return { targets, warnings };
}

/** The file of hooks that an environment names. */
export function hooksOf(named: NamedEnvironment): string | undefined {
  const { worker } = settled(named);
  return worker.source === "bundled" ? worker.hooks : undefined;
}

/** Builds each bundle once, however many environments have the same hooks. */
function bundlesByHooks(): (hooks: string | undefined) => Promise<WorkerFile> {
  const built = new Map<string | undefined, Promise<WorkerFile>>();
  return (hooks) => {
    const bundle =
      built.get(hooks) ??
      workerBundle(hooks === undefined ? {} : { hooks, outputDirectory: folderOf(hooks) });
    built.set(hooks, bundle);
    return bundle;
  };
}

/** Beside the bundle without hooks, in the project of who owns them. */
function folderOf(hooks: string): string {
  return join(projectRoot(), "dist", `with-hooks-${sha256Of(Buffer.from(hooks)).slice(0, 12)}`);
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
