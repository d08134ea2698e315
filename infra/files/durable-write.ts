import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** The moments of a write that a crash can fall between. */
export type WriteMoment = "opened" | "half-written" | "written" | "synced" | "renamed";

/**
 * Replaces a file so that a crash at any moment leaves either the old or the new content, never a mixture, and that what
 * is there once this resolves survives a power cut. Only the owner can read the file.
 *
 * @param reached Called at every moment. Tests crash in it. Default: does nothing.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  reached: (moment: WriteMoment) => void = () => undefined,
): Promise<void> {
  const next = `${path}.new`;
  const bytes = Buffer.from(content);
  const half = bytes.length >> 1;
  await withFile(next, "w", async (file) => {
    reached("opened");
    await file.writeFile(bytes.subarray(0, half));
    reached("half-written");
    await file.writeFile(bytes.subarray(half));
    reached("written");
    await file.sync();
    reached("synced");
  });
  await rename(next, path);
  reached("renamed");
  // The new name is an entry of the folder, and that has to reach the disk as well.
  await withFile(dirname(path), "r", (folder) => folder.sync());
}

async function withFile(
  path: string,
  flags: "r" | "w",
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
