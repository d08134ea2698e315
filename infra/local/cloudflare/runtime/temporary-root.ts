import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY = "/dev/shm";

/** Bytes that have to be free in memory: containers often give it 64 MB, which an account may fill. */
const ENOUGH = 1024 ** 3;

/** Everywhere that temporary values of this or an earlier run may be. */
export function temporaryRoots(): readonly string[] {
  return existsSync(MEMORY) ? [MEMORY, tmpdir()] : [tmpdir()];
}

/**
 * Where temporary values go: to memory where the system has a folder for that, otherwise to its temporary
 * folder. workerd writes every KV value through to the disk, which takes most of the time of a write.
 */
export function temporaryRoot(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
