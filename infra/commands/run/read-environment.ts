import { loadEnvironments, pickEnvironment } from "../../environments/definition/load.ts";
import { requireValid } from "../../environments/definition/report.ts";
import { validateEnvironments } from "../../environments/definition/validation.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";

/**
 * One environment of the project, after all of them were validated.
 *
 * @throws UserError with every problem of every environment, or when none has this name.
 */
export async function readEnvironment(name: string): Promise<NamedEnvironment> {
  return pickEnvironment(await readEnvironments(), name);
}

/** Every environment of the project. @throws UserError with every problem of every environment. */
export async function readEnvironments(): Promise<readonly NamedEnvironment[]> {
  const files = await loadEnvironments();
  return requireValid(files, validateEnvironments(files));
}
