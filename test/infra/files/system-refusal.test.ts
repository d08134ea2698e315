import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../infra/errors/user-error.ts";
import { asUserError, systemReason } from "../../../infra/files/system-refusal.ts";
import { newFolder } from "../../support/new-folder.ts";

/** What the system really throws. */
function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("a refusal of the file system", () => {
  it("is an error of the user that names the path and what to do", async () => {
    const folder = await newFolder();
    const error = asUserError(await thrown(writeFile(folder, "")));
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toContain(folder);
    expect(error?.message).toContain("There is a folder where a file should be");
  });

  // /dev/full is a disk without room on every Linux.
  it.skipIf(!existsSync("/dev/full"))(
    "is one of the user, too, where the disk is full and no path is told",
    async () => {
      const error = await thrown(writeFile("/dev/full", "x"));
      expect(error).not.toHaveProperty("path");
      expect(asUserError(error)?.message).toMatch(
        /ENOSPC.* Free some space for this folder and .*run this again\.$/,
      );
    },
  );

  it("is no error of the user where a file of ours is missing", async () => {
    const error = await thrown(readFile(join(await newFolder(), "gone")));
    expect(asUserError(error)).toBeUndefined();
    expect(systemReason(error)).toContain("ENOENT");
  });

  it.each([
    ["another error", new Error("EACCES: a text")],
    ["no error", "EACCES"],
  ])("is not %s", (_what, error) => {
    expect(asUserError(error)).toBeUndefined();
    expect(systemReason(error)).toBeUndefined();
  });
});
