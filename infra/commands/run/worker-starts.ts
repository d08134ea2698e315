import { HooksUnusable } from "../../bundles/hooks-unusable.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { CheckResult } from "../../local/cloudflare/runtime/starts.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readFileUpTo } from "../../files/read-up-to.ts";
import { type Targets, readTargets } from "../../project/targets.ts";
import type { BundledHooks, ConnectorSpec } from "../../specification/specification.ts";
import type { Target } from "../../specification/target.ts";

/**
 * The targets that are wanted, once every Worker file from elsewhere among them has started in workerd.
 *
 * @param names Default: all.
 * @throws UserError as `readTargets` does, or with the runtime's own words when a Worker file does not start.
 */
export async function readStartingTargets(names?: readonly string[]): Promise<Targets> {
  const read = await readTargets(names);
  await Promise.all(read.targets.map(requireStart));
  return read;
}

/** Our own Worker, which most environments ship, has been started by the tests; but not with a site's hooks. */
async function requireStart({ named, spec }: Target): Promise<void> {
  const { hooks } = spec.worker.file;
  if (settled(named).worker.source === "file") await requireWorkerStarts(spec);
  else if (hooks !== undefined) await requireHooksStart(spec, hooks);
}

/** @throws UserError with the runtime's own words when the bundle does not start with the hooks in it. */
async function requireHooksStart(spec: ConnectorSpec, { path }: BundledHooks): Promise<void> {
  const result = await started(spec);
  if (result.starts) return;
  throw new HooksUnusable(path, `does not start in workerd: ${result.reason}`, "fix that");
}

/**
 * Starts the Worker file of a specification in workerd, with the bindings it will have.
 *
 * @throws UserError with the runtime's own words when it does not start.
 */
export async function requireWorkerStarts(spec: ConnectorSpec): Promise<void> {
  const { environment, worker } = spec;
  const { path } = worker.file;
  const result = await started(spec);
  if (result.starts) return;
  throw new UserError(
    "worker-file",
    `The Worker file of ${environment} (${path}) does not start in workerd: ${result.reason} ` +
      "Check that it is the right file, that worker.format matches it, and that worker.names gives the names " +
      "of the bindings and variables it expects. Nothing was deployed.",
  );
}

async function started({ worker }: ConnectorSpec): Promise<CheckResult> {
  // workerd takes a while to load.
  const { checkWorkerStarts } = await import("../../local/cloudflare/runtime/starts.ts");
  const { path, format } = worker.file;
  const content = readFileUpTo(path, LIMITS.worker).toString("utf8");
  return checkWorkerStarts({ ...worker, format, content });
}
