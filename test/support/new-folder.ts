import { mkdtempSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the names of the tests' own folders begin with. They go with the run's temporary folder. */
export const TEST_PREFIX = "test-";

const start = () => join(tmpdir(), TEST_PREFIX);

/** An empty folder for a test. Nobody has to remove it. */
export function newFolder(): Promise<string> {
  return mkdtemp(start());
}

/** The same, for what is made while a module loads. */
export function newFolderSync(): string {
  return mkdtempSync(start());
}
