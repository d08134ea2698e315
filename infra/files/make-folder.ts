import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is. Node's own
 * `recursive` never ends where the system takes no folder although the one above is there, as in `/proc`.
 *
 * @param mode What the system's own mask leaves of it. Default: everything.
 * @throws Error of the system, with its code and path.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const missing: string[] = [];
  let folder = resolve(path);
  for (; !(await isThere(folder)); folder = dirname(folder)) missing.push(folder);
  for (const next of missing.reverse()) await makeOne(next, mode);
  if (missing.length === 0) await makeOne(folder, mode);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Another process may have made it at the same moment. */
async function makeOne(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (!isCode(error, "EEXIST") || !(await stat(folder)).isDirectory()) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
