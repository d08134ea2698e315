import { UserError } from "../../errors.ts";
import type { NamedEnvironment } from "../environment.ts";
import type { EnvironmentFile } from "./load.ts";
import type { Problem } from "./problem.ts";

/** Problems as text, one on each line, errors first. Empty when there are none. */
export function problemReport(problems: readonly Problem[]): string {
  return [...ofSeverity(problems, "error"), ...ofSeverity(problems, "warning")].map(line).join("\n");
}

/**
 * The environments, once nothing in them is an error.
 *
 * @param problems What `validateEnvironments` says of the same environments.
 * @throws UserError with every problem when one of them is an error.
 */
export function requireValid(
  environments: readonly EnvironmentFile[],
  problems: readonly Problem[],
): readonly NamedEnvironment[] {
  const errors = ofSeverity(problems, "error").length;
  if (errors > 0) {
    const count = errors === 1 ? "There is 1 error" : `There are ${errors} errors`;
    throw new UserError("environment-invalid", `${count} in infra/environments:\n${problemReport(problems)}`);
  }
  // The validation is the proof of this type: it refuses everything that is no environment.
  return environments as readonly NamedEnvironment[];
}

function ofSeverity(problems: readonly Problem[], severity: Problem["severity"]): readonly Problem[] {
  return problems.filter((problem) => problem.severity === severity);
}

function line({ severity, environment, path, value, what, remedy }: Problem): string {
  const place = path === "" ? "" : ` ${path}`;
  const shown = value === undefined ? "" : ` ${value}`;
  return `${severity} ${environment}.ts${place}:${shown} ${what} → ${remedy}`;
}
