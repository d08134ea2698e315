import { constants } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/** The moments of a write that a crash can fall between. */
export type WriteMoment = "opened" | "half-written" | "written" | "synced" | "renamed";

/** What a file is called until it is whole. */
export const UNFINISHED = ".new";

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY } = constants;

/**
 * Replaces a file so that a crash at any moment leaves either the old or the new content, never a mixture,
 * and that what is there once this resolves survives a power cut. Only the owner can read the file. Nothing
 * that lies under one of the two names is followed: a link is replaced, what it leads to stays as it is. Two
 * writes of one file must not overlap.
 *
 * @param reached Called at every moment. Tests crash in it. Default: does nothing.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  reached: (moment: WriteMoment) => void = () => undefined,
): Promise<void> {
  const next = `${path}${UNFINISHED}`;
  const bytes = Buffer.from(content);
  const half = bytes.length >> 1;
  // Of a write that was cut off.
  await removeFile(next);
  try {
    await withFile(next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, async (file) => {
      reached("opened");
      await file.writeFile(bytes.subarray(0, half));
      reached("half-written");
      await file.writeFile(bytes.subarray(half));
      reached("written");
      await file.sync();
      reached("synced");
    });
    await rename(next, path);
  } catch (error) {
    // It holds what the file holds, and on a full disk its space is needed.
    await removeFile(next);
    throw error;
  }
  reached("renamed");
  // The new name is an entry of the folder, and that has to reach the disk as well.
  await withFile(dirname(path), O_RDONLY, (folder) => folder.sync());
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

async function withFile(
  path: string,
  flags: number,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
