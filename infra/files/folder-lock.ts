import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const LOCK_FILE = "lock";

/** Who has a folder, in words, and the file that says so. */
export interface Holder {
  readonly holder: string;
  readonly lock: string;
}

/**
 * Keeps everybody else out of a folder until the returned function is called, or this process is gone. The lock of a
 * process that was killed is taken over.
 *
 * @param locked The error to throw when another has it.
 */
export async function lockFolder(
  folder: string,
  locked: (by: Holder) => Error,
): Promise<() => Promise<void>> {
  const lock = join(folder, LOCK_FILE);
  const mine = `${lock}.${randomUUID()}`;
  await writeFile(mine, String(process.pid), { mode: 0o600, flag: "wx" });
  try {
    if (!(await linked(mine, lock))) {
      const alive = await removeStale(lock);
      if (alive !== undefined || !(await linked(mine, lock))) {
        const pid = alive ?? (await holder(lock));
        throw locked({ holder: pid === undefined ? "Another process" : `The process ${pid}`, lock });
      }
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

/** The process that has the lock, if it is alive; otherwise the lock is gone. */
async function removeStale(lock: string): Promise<string | undefined> {
  const pid = await holder(lock);
  if (pid === undefined) return undefined;
  if (isAlive(pid)) return pid;
  const aside = `${lock}.${randomUUID()}`;
  await rename(lock, aside).catch(ignoreMissing);
  // Another process may have taken it over in between: then this is its lock, and it gets it back.
  const moved = await holder(aside);
  if (moved !== undefined && moved !== pid) await linked(aside, lock);
  await rm(aside, { force: true });
  return undefined;
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

function ignoreMissing(error: unknown): undefined {
  if (!isCode(error, "ENOENT")) throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
