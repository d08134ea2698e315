import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { type Holder, LOCK_FILE, lockFolder } from "../files/folder-lock.ts";
import { makePrivateFolder } from "./state-files.ts";

/** Beside the stacks: what synthesizes them clears their own folders. */
const LOCKS = "locks";

/** Folders that this process has, and keeps. */
const held = new Set<string>();

/**
 * Keeps every other command of this checkout away from an environment until this process ends. They share the
 * folder of its stack: one that synthesizes there while another plans would give that one its own stack, for
 * example without the precondition of a promotion, or with another bundle. Between machines it is the state's own
 * lock that counts.
 *
 * Where the system has no such locks, that one alone has to do.
 *
 * @param outputFolder Absolute folder of the stacks.
 * @throws UserError `environment-busy` with who has it, and since when.
 */
export async function holdEnvironment(environment: string, outputFolder: string): Promise<void> {
  const folder = join(outputFolder, LOCKS, environment);
  if (held.has(folder)) return;
  await makePrivateFolder(folder);
  try {
    await lockFolder(folder, (by) => busy(environment, by));
    if (held.size === 0) process.once("exit", removeHeld);
    held.add(folder);
  } catch (error) {
    if (!(error instanceof UserError && error.code === "locks-unavailable")) throw error;
  }
}

/** While they are locked. The kernel lets go of them however this process ends. */
function removeHeld(): void {
  for (const folder of held) rmSync(join(folder, LOCK_FILE), { force: true });
}

function busy(environment: string, { holder, since }: Holder): UserError {
  const time = since === undefined ? "" : ` since ${since}`;
  return new UserError(
    "environment-busy",
    `${holder} has been working on ${environment} in this folder${time}: another deploy, promote, rollback, destroy, ` +
      "plan, drift or verify. This command has changed nothing. Wait until that one has ended, or end it, then run " +
      "this again.",
  );
}
