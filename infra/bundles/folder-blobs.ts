import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { writeDurably } from "../files/durable-write.ts";
import type { Blobs } from "./blobs.ts";
import { sha256Of } from "./sha256.ts";

/** Blobs as files of a folder, which is made when the first is written. */
export function folderBlobs(folder: string): Blobs {
  const read: Blobs["read"] = async (name) => {
    try {
      const bytes = await readFile(join(folder, name));
      return { bytes, tag: sha256Of(bytes) };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw unusable(folder, error);
    }
  };
  return {
    place: folder,
    read,
    write: async (name, bytes, expected) => {
      // Only one process deploys from a machine: nobody comes in between.
      if ((await read(name))?.tag !== expected) return false;
      const path = join(folder, name);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeDurably(path, bytes);
      } catch (error) {
        throw unusable(folder, error);
      }
      return true;
    },
  };
}

function unusable(folder: string, error: unknown): UserError {
  return new UserError(
    "bundles-unusable",
    `The bundles in ${folder} cannot be read or written (${codeOf(error)}). Let this user read and write that folder.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
