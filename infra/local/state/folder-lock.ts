import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors.ts";

export const LOCK_FILE = "lock";

/**
 * Keeps other processes out of a folder until the returned function is called, or this process is gone. The lock of a
 * process that was killed is taken over.
 *
 * @throws UserError `local-state-locked` when another process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lock = join(folder, LOCK_FILE);
  const mine = `${lock}.${randomUUID()}`;
  await writeFile(mine, String(process.pid), { mode: 0o600, flag: "wx" });
  try {
    if (!(await linked(mine, lock))) {
      await removeStale(lock);
      if (!(await linked(mine, lock))) throw lockedBy(await holder(lock), lock);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(lock, { force: true });
}

/** A link is made in one step with its content, or not at all: nobody ever sees an empty lock. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function removeStale(lock: string): Promise<void> {
  const pid = await holder(lock);
  if (pid === undefined) return;
  if (isAlive(pid)) throw lockedBy(pid, lock);
  const aside = `${lock}.${randomUUID()}`;
  await rename(lock, aside).catch(ignoreMissing);
  // Another process may have taken it over in between: then this is its lock, and it gets it back.
  const moved = await holder(aside);
  if (moved !== undefined && moved !== pid) await linked(aside, lock);
  await rm(aside, { force: true });
}

/** The process in a lock, as it is written there; undefined when there is no lock. */
function holder(lock: string): Promise<string | undefined> {
  return readFile(lock, "utf8").catch(ignoreMissing);
}

function isAlive(text: string): boolean {
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, for somebody else.
    return isCode(error, "EPERM");
  }
}

function lockedBy(pid: string | undefined, lock: string): UserError {
  return new UserError(
    "local-state-locked",
    `The process ${pid ?? "that holds it"} is using this state (${lock}). End it first, or choose another folder ` +
      "with --state. If that process is something else, remove the file.",
  );
}

function ignoreMissing(error: unknown): undefined {
  if (!isCode(error, "ENOENT")) throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
