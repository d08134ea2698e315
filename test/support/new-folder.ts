import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the names of the tests' own folders begin with. They go with the run's temporary folder. */
export const TEST_PREFIX = "test-";

/** An empty folder for a test. Nobody has to remove it. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), TEST_PREFIX));
}
