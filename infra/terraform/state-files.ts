import { existsSync } from "node:fs";
import { chmod, lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ConnectorSpec } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import type { TerraformBinary } from "./binary.ts";

/**
 * Takes local states and their backups, which hold the secrets, from everybody but their owner: other
 * versions, and other tools, made them as readable as any file.
 */
export async function makeStatesPrivate(
  { backend, promotedFrom }: Pick<ConnectorSpec, "backend" | "promotedFrom">,
  projectRoot: string,
): Promise<void> {
  for (const each of [backend, promotedFrom?.backend]) {
    if (each?.type !== "local") continue;
    const path = join(projectRoot, each.path);
    await makePrivate(path);
    await makePrivate(`${path}.backup`);
  }
}

/** Makes a folder that only its owner can look into, also where it was another before. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await makePrivate(path);
}

async function makePrivate(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isSymbolicLink() || (found.mode & 0o077) === 0) return;
  await chmod(path, found.mode & 0o700).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "state-readable",
      `${path} holds secrets, others can read it, and that cannot be changed: ${reason}. Let its owner run ` +
        `"chmod go= ${path}", or move it out of ${dirname(path)}.`,
    );
  });
}

/** Terraform writes the state here when its place does not take it. */
const UNSAVED = "errored.tfstate";

/** What to do about a state that could not be written to its place; undefined when there is none. */
export function unsavedState(folder: string, { file }: TerraformBinary): string | undefined {
  const path = join(folder, UNSAVED);
  if (!existsSync(path)) return undefined;
  return (
    `What was done is not in the state: the state could not be written to its place, and is in ${path}. ` +
    `Upload it with "${file} -chdir=${folder} state push ${UNSAVED}", delete that file, and plan again. ` +
    "Deploying without it would create everything a second time."
  );
}
