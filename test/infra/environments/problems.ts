import type { EnvironmentFile } from "../../../infra/environments/definition/environment-file.ts";
import { validateEnvironments } from "../../../infra/environments/definition/validation.ts";

/** Severity, place and code of each problem of one environment, with the files it may name. */
export function problemsOf(
  environment: unknown,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  return problemsOfAll([{ name: "staging", environment }], files);
}

/** Severity, environment, place and code of each problem of several environments. */
export function problemsOfAll(
  environments: readonly EnvironmentFile[],
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  return validateEnvironments(environments, (path) => files[path]).map(
    ({ severity, environment, path, code }) => `${severity} ${environment} ${path} ${code}`,
  );
}
