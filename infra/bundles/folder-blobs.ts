import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import pRetry from "p-retry";
import { UserError } from "../errors/user-error.ts";
import { writeDurably } from "../files/durable-write.ts";
import { type FolderLock, type Holder, lockFolder } from "../files/folder-lock.ts";
import { makeFolder } from "../files/make-folder.ts";
import { remedyOf } from "../files/system-refusal.ts";
import { type Blobs, MOST_BYTES } from "./blobs.ts";
import { sha256Of } from "../files/sha256.ts";
import { tooLarge } from "./too-large.ts";

/** Blobs as files of a folder, which is made when the first is written. */
export function folderBlobs(folder: string): Blobs {
  const read: Blobs["read"] = async (name) => {
    try {
      const path = join(folder, name);
      if ((await stat(path)).size > MOST_BYTES) throw tooLarge(path);
      const bytes = await readFile(path);
      return { bytes, tag: sha256Of(bytes) };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error instanceof UserError ? error : unusable(folder, error);
    }
  };
  return {
    place: folder,
    read,
    write: async (name, bytes, expected) => {
      const path = join(folder, name);
      try {
        await makeFolder(dirname(path));
        const lock = await waitForLock(folder);
        try {
          if ((await read(name))?.tag !== expected) return false;
          await writeDurably(path, bytes);
          return true;
        } finally {
          await lock.release();
        }
      } catch (error) {
        throw error instanceof UserError ? error : unusable(folder, error);
      }
    },
  };
}

const LOCKED = "bundles-locked";

/** It is held for one small write only. */
function waitForLock(folder: string): Promise<FolderLock> {
  return pRetry(() => lockFolder(folder, locked), {
    retries: 60,
    factor: 1.2,
    minTimeout: 10,
    maxTimeout: 250,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof UserError && error.code === LOCKED,
  });
}

function locked({ holder, lock }: Holder): UserError {
  return new UserError(
    LOCKED,
    `${holder} has been writing to the bundles beside ${lock} for too long. Stop it, then run this again.`,
  );
}

function unusable(folder: string, error: unknown): UserError {
  return new UserError(
    "bundles-unusable",
    `The bundles in ${folder} cannot be read or written (${codeOf(error)}). ` +
      (remedyOf(error) ?? "Give this user the right to read and write in that folder."),
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
