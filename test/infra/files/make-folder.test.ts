import { existsSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../../infra/files/make-folder.ts";
import { newFolder } from "../../support/new-folder.ts";

describe("makeFolder", () => {
  it("makes a folder and those above it, with the mode it is given", async () => {
    const folder = join(await newFolder(), "a", "b");
    await makeFolder(folder, 0o700);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("leaves one that is there, and lets many make one at the same moment", async () => {
    const folder = join(await newFolder(), "a", "b", "c");
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(folder)));
    await makeFolder(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it("refuses a path with a file in it", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    await expect(makeFolder(file)).rejects.toThrow("EEXIST");
    await expect(makeFolder(join(file, "folder"))).rejects.toThrow("ENOTDIR");
  });

  it.skipIf(!existsSync("/proc/self"))("ends where the system takes no folder", async () => {
    await expect(makeFolder("/proc/queueit/state")).rejects.toThrow("ENOENT");
  });
});
