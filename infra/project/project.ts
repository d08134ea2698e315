import type { Problem } from "../environments/definition/problem.ts";
import { requireValid } from "../environments/definition/report.ts";
import { validateEnvironments } from "../environments/definition/validation.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { loadEnvironments } from "./load-environments.ts";
import { readProjectFile } from "./project-file.ts";

/** What the files of `infra/environments/` say, once nothing in them is an error. */
export interface Project {
  /** In the order of their names. */
  readonly environments: readonly NamedEnvironment[];
  /** What is not wrong but worth a look: example values, among others. */
  readonly warnings: readonly Problem[];
}

/** Reads and validates every environment. @throws UserError with every problem of every environment. */
export async function readProject(): Promise<Project> {
  const files = await loadEnvironments();
  const problems = validateEnvironments(files, readProjectFile);
  return {
    environments: requireValid(files, problems),
    warnings: problems.filter(({ severity }) => severity === "warning"),
  };
}
