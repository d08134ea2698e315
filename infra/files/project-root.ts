import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { IS_INSTALLED, PACKAGE_ROOT } from "./package-root.ts";

let named: string | undefined;

/**
 * The folder whose environments are deployed, and that their paths are relative to: what `--project` names,
 * otherwise the checkout that the command is in, or the working folder where the command was installed.
 */
export function projectRoot(): string {
  return named ?? (IS_INSTALLED ? process.cwd() : PACKAGE_ROOT);
}

/**
 * Makes a folder the project of what this process does from now on.
 *
 * @param folder Relative to the working folder. Undefined: the usual one.
 * @throws UserError when it is not a folder.
 */
export function useProject(folder: string | undefined): void {
  const path = folder === undefined ? undefined : resolve(folder);
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError(
      "project-missing",
      `--project ${folder} is not a folder. Name the folder that has infra/environments/ in it, or make it first.`,
    );
  }
  named = path;
}
