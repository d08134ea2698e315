import type { ConnectorSpec } from "./specification/specification.ts";
import { UserError } from "./errors/user-error.ts";
import { LIMITS, readFileUpTo } from "./files/read-up-to.ts";

/**
 * Starts the Worker file of a specification in workerd, with the bindings it will have.
 *
 * @throws UserError with the runtime's own words when it does not start.
 */
export async function requireWorkerStarts({ environment, worker }: ConnectorSpec): Promise<void> {
  // workerd takes a while to load, and most environments ship the bundle that the tests have started.
  const { checkWorkerStarts } = await import("./local/cloudflare/runtime/starts.ts");
  const { path, format } = worker.file;
  const result = await checkWorkerStarts({
    ...worker,
    format,
    content: readFileUpTo(path, LIMITS.worker).toString("utf8"),
  });
  if (result.starts) return;
  throw new UserError(
    "worker-file",
    `The Worker file of ${environment} (${path}) does not start in workerd: ${result.reason} ` +
      "Check that it is the right file, that worker.format fits it, and that worker.names gives the names of " +
      "bindings and variables it expects. Nothing was deployed.",
  );
}
