import { UserError } from "../../errors/user-error.ts";
import { readable } from "../../text/readable.ts";
import type { Environment, NamedEnvironment } from "../environment.ts";
import type { EnvironmentFile } from "./environment-file.ts";
import type { Problem } from "./problem.ts";
import { ENVIRONMENT } from "./schema.ts";

/** Problems as text, one on each line, errors first. Empty when there are none. */
export function problemReport(problems: readonly Problem[]): string {
  return [...ofSeverity(problems, "error"), ...ofSeverity(problems, "warning")].map(line).join("\n");
}

/**
 * The environments, once nothing in them is an error, with one spelling for each name: hostnames, zones and
 * addresses are in ASCII, as everything that they are compared with.
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
  return environments.map(({ name, environment }) => ({
    name,
    // The validation is the proof of this type: it refuses everything that is not an environment.
    environment: ENVIRONMENT.parse(environment) as Environment,
  }));
}

function ofSeverity(problems: readonly Problem[], severity: Problem["severity"]): readonly Problem[] {
  return problems.filter((problem) => problem.severity === severity);
}

function line({ severity, environment, path, value, what, remedy }: Problem): string {
  const place = path === "" ? "" : ` ${path}`;
  const shown = value === undefined ? "" : ` ${value}`;
  return readable(`${severity} ${environment}.ts${place}:${shown} ${what} → ${remedy}`);
}
