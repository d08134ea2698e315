import type { EnvironmentFile } from "./environment-file.ts";
import type { Problem } from "./problem.ts";
import type { ReadProjectFile } from "./rules/rule.ts";
import { validateEnvironments } from "./validation.ts";

/**
 * What an environment would bring along: its own problems, and those of others that come into being with it. What two
 * environments have in common is an error of the one whose name comes later.
 *
 * @param all The environments that are there; one of the same name is replaced.
 * @param readFile Reads the files that environments name.
 */
export function addedProblems(
  added: EnvironmentFile,
  all: readonly EnvironmentFile[],
  readFile: ReadProjectFile,
): readonly Problem[] {
  const after = [...all.filter(({ name }) => name !== added.name), added].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const known = new Set(validateEnvironments(all, readFile).map(identityOf));
  return validateEnvironments(after, readFile).filter(
    (problem) => problem.environment === added.name || !known.has(identityOf(problem)),
  );
}

function identityOf({ environment, code, path, value, what }: Problem): string {
  return JSON.stringify([environment, code, path, value, what]);
}
