import { join } from "node:path";
import { buildBundle } from "./bundles/build-bundle.ts";
import { PROJECT_ROOT } from "./files/project-root.ts";
import { specify } from "./specification/specify.ts";
import type { ConnectorSpec, WorkerFile } from "./specification/specification.ts";
import { loadEnvironments } from "./environments/definition/load.ts";
import type { Problem } from "./environments/definition/problem.ts";
import { requireValid } from "./environments/definition/report.ts";
import { settled } from "./environments/definition/settled.ts";
import { validateEnvironments } from "./environments/definition/validation.ts";
import type { NamedEnvironment } from "./environments/environment.ts";
import { UserError } from "./errors/user-error.ts";
import { LIMITS, readFileUpTo, Unreadable } from "./files/read-up-to.ts";
import { sha256Of } from "./files/sha256.ts";
import { readConfigurationFile } from "./queue-it/configuration-file.ts";
import { requireWorkerStarts } from "./worker-file.ts";

/** What the files of this project ask for. */
export interface Specifications {
  /** One for each environment, by name. */
  readonly specs: readonly ConnectorSpec[];
  readonly environments: readonly NamedEnvironment[];
  /** What is not wrong but worth a look: example values, among others. */
  readonly warnings: readonly Problem[];
}

/**
 * From `infra/environments/` and `worker/` to a specification of each environment. Nothing is written but the
 * bundle.
 *
 * @param wanted Names of the environments to specify; all are validated. Default: all.
 * @throws UserError with every problem of every environment, or when a Worker file does not start.
 */
export async function readSpecifications(wanted?: readonly string[]): Promise<Specifications> {
  const files = await loadEnvironments();
  const problems = validateEnvironments(files);
  const environments = requireValid(files, problems);
  const chosen = environments.filter(({ name }) => wanted?.includes(name) ?? true);
  const bundle = await buildBundle();
  const specs = await Promise.all(
    chosen.map(async (named) => {
      const workerFile = workerFileOf(named) ?? bundle;
      const spec = specify({ named, all: environments, workerFile, readConfiguration });
      if (settled(named).worker.source === "file") await requireWorkerStarts(spec);
      return spec;
    }),
  );
  return { specs, environments, warnings: problems.filter(({ severity }) => severity === "warning") };
}

function workerFileOf(named: NamedEnvironment): WorkerFile | undefined {
  const { worker } = settled(named);
  if (worker.source !== "file") return undefined;
  const path = join(PROJECT_ROOT, worker.path);
  const sha256 = sha256Of(workerBytes(named.name, path));
  return { path, sha256, format: worker.format };
}

function workerBytes(environment: string, path: string): Uint8Array {
  try {
    return readFileUpTo(path, LIMITS.worker);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "worker-file-unreadable",
      `The Worker file of ${environment}, ${path}, ${error.message}. Put the file there, or mend worker.path.`,
    );
  }
}

function readConfiguration(path: string): string {
  const file = readConfigurationFile(readFileUpTo(join(PROJECT_ROOT, path), LIMITS.configuration));
  if (file.ok) return file.json;
  throw new UserError(
    "configuration-invalid",
    `${path} is no integration configuration: ${file.reasons.join("; ")}.`,
  );
}
