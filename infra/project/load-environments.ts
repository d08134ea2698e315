import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import type { EnvironmentFile } from "../environments/definition/environment-file.ts";
import { unlessEndedEarly } from "../console/ended-early.ts";
import { compiledEnvironment } from "./compile-environment.ts";
import { environmentNames, environmentsFolder } from "./environment-names.ts";

/**
 * Imports every environment, in the order of their names, as its file is at this moment.
 *
 * @param folder Default: `infra/environments/` of the project.
 * @throws UserError when a file has a name that no environment can have, cannot be imported or has no default
 * export.
 */
export async function loadEnvironments(folder = environmentsFolder()): Promise<readonly EnvironmentFile[]> {
  const names = await environmentNames(folder);
  if (names.length === 0) {
    throw new UserError(
      "no-environment",
      `There is no environment in ${folder}. If yours are in another project, name its folder with --project. Write ` +
        "the first: npx queueit-cf init",
    );
  }
  const found: EnvironmentFile[] = [];
  // One after the other: it is known which of them ends this process.
  for (const name of names) found.push(await load(folder, name));
  return found;
}

/** The same for a project that may have no environment yet. */
export async function environmentsThere(): Promise<readonly EnvironmentFile[]> {
  try {
    return await loadEnvironments();
  } catch (error) {
    if (error instanceof UserError && error.code === "no-environment") return [];
    throw error;
  }
}

async function load(folder: string, name: string): Promise<EnvironmentFile> {
  const path = join(folder, `${name}.ts`);
  // The name becomes part of Terraform's stack, the state's key and the namespace's title.
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    throw new UserError(
      "environment-file-name",
      `The file ${path} has a name that no environment can have. Rename it to lower-case letters, digits ` +
        "and dashes, a letter first and 40 characters at most, or move it out of this folder if it is not " +
        "an environment.",
    );
  }
  const module = await importFile(path);
  if (!("default" in module)) {
    throw new UserError(
      "environment-export",
      `The environment in ${path} has no default export. Begin it with: export default defineEnvironment({`,
    );
  }
  return { name, environment: module["default"] };
}

async function importFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const code = Buffer.from(await compiledEnvironment(path)).toString("base64");
    return await unlessEndedEarly(
      endedEarly(path),
      async () => (await import(`data:text/javascript;base64,${code}`)) as Record<string, unknown>,
    );
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.split("\n", 2).join(" ")
        : "what it threw is not an error object";
    throw new UserError("environment-import", `The environment in ${path} cannot be read: ${reason}`);
  }
}

function endedEarly(path: string): UserError {
  return new UserError(
    "environment-import",
    `The environment in ${path} cannot be read: it ends this program, or waits for something that never comes. Nothing ` +
      "was done. Remove its process.exit(), or the await that never ends.",
  );
}
