import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { LIMITS, readFileUpTo } from "../files/read-up-to.ts";
import { projectRoot } from "../files/project-root.ts";
import { readConfigurationFile } from "../queue-it/configuration-file.ts";

/**
 * A file that an environment names, relative to the project's root; undefined where there is none to be read.
 */
export function readProjectFile(path: string): Uint8Array | undefined {
  try {
    return readFileUpTo(join(projectRoot(), path), LIMITS.configuration);
  } catch {
    return undefined;
  }
}

/**
 * An integration configuration file of the project as compact JSON.
 *
 * @param path Relative to the project's root.
 * @throws UserError when it holds none.
 */
export function readProjectConfiguration(path: string): string {
  const file = readConfigurationFile(readFileUpTo(join(projectRoot(), path), LIMITS.configuration));
  if (file.ok) return file.json;
  throw configurationInvalid(`${path} is not an integration configuration: ${file.reasons.join("; ")}.`);
}

/** A file that should hold an integration configuration, but not one that the Worker accepts. */
export function configurationInvalid(message: string): UserError {
  return new UserError("configuration-invalid", message);
}
