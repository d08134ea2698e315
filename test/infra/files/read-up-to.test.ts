import { execFileSync } from "node:child_process";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readFileUpTo, readNamedUpTo, readStreamUpTo, Unreadable } from "../../../infra/files/read-up-to.ts";
import { pullRequestEvent } from "../../../infra/github/event.ts";
import { readReviewed } from "../../../infra/deploy/reviewed.ts";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf, runIn } from "../commands/cli.ts";

const LIMIT = 1024 * 1024;

describe("reading a file up to a limit", () => {
  it("gives all of it where it has exactly that many bytes, and nothing where it has one more", async () => {
    const path = join(await newFolder(), "file");
    await writeFile(path, Buffer.alloc(LIMIT, "x"));
    expect(readFileUpTo(path, LIMIT)).toHaveLength(LIMIT);
    expect((await readNamedUpTo(path, LIMIT)).toString()).toBe("x".repeat(LIMIT));
    await writeFile(path, Buffer.alloc(LIMIT + 1, "x"));
    expect(() => readFileUpTo(path, LIMIT)).toThrow("is larger than the 1 MiB that this program reads");
  });

  it("reads nothing of a file that says it is too large", async () => {
    const path = join(await newFolder(), "sparse");
    await writeFile(path, "");
    await truncate(path, 2 ** 40);
    await expect(readNamedUpTo(path, LIMIT)).rejects.toThrow("is larger than");
  });

  it("says what it is instead of a file", async () => {
    const folder = await newFolder();
    const pipe = join(folder, "pipe");
    if (process.platform !== "win32") execFileSync("mkfifo", [pipe]);
    expect(() => readFileUpTo(folder, LIMIT)).toThrow("is a folder");
    expect(() => readFileUpTo(join(folder, "no-such"), LIMIT)).toThrow("is not there (ENOENT)");
    if (process.platform === "win32") return;
    expect(() => readFileUpTo("/dev/zero", LIMIT)).toThrow("is a device");
    // Nobody ever writes to it: whoever waits for that waits for ever.
    await expect(readNamedUpTo(pipe, LIMIT)).rejects.toThrow("is a pipe");
  });

  it("stops at a stream without an end", async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(64 * 1024);
      })(),
    );
    await expect(readStreamUpTo(endless, LIMIT)).rejects.toThrow(Unreadable);
  });
});

describe.skipIf(process.platform === "win32")("a device in place of a file", () => {
  const endless = "/dev/zero";

  it.each([
    ["plan-unreadable", ["report", endless]],
    ["configuration-unreadable", ["validate", "--configuration", endless]],
    ["report-unreadable", ["github", "outputs", "staging", "--report", endless]],
    ["report-unreadable", ["github", "drift-issue", "staging", "--markdown", endless]],
  ])("is refused: %s", async (code, args) => {
    expect((await queueitCf(...args)).stderr).toMatch(
      new RegExp(`^error ${code} .*/dev/zero" is a device\\.`),
    );
  });

  it("is refused by github comment", async () => {
    const ran = await runIn({ ...process.env }, "github", "comment", "staging", "--markdown", endless);
    expect(ran.stderr).toMatch(/^error report-unreadable .*is a device/);
  });

  it("is no report that was reviewed, and no event of a pull request", async () => {
    await expect(readReviewed(endless)).rejects.toMatchObject({ code: "reviewed" });
    await expect(pullRequestEvent(endless)).rejects.toMatchObject({ code: "github-event" });
  });
});
