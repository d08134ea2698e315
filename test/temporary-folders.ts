import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEST_PREFIX } from "./support/new-folder.ts";

/**
 * What tools that are not ours keep for their next run: tsx, Node, and Chromium, which unpacks itself there.
 */
const KEPT_BY_TOOLS =
  /^(?:tsx-\d+|node-compile-cache|chromium.*|fonts|locales|al2023|swiftshader.*|vk_swiftshader.*|lib.*\.so.*)$/;

/**
 * Gives a run a temporary folder of its own, which goes with it, and fails the run when anything but the
 * tests themselves has left something there.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "queueit-tests-"));
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  return async () => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    const left = (await readdir(folder)).filter(
      (name) => !name.startsWith(TEST_PREFIX) && !KEPT_BY_TOOLS.test(name),
    );
    await rm(folder, { recursive: true, force: true });
    if (left.length > 0)
      throw new Error(
        `Left in the temporary folder: ${left.sort().join(", ")}. (What tests make there is named ${TEST_PREFIX}….)`,
      );
  };
}
