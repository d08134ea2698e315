import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markOf } from "../../../infra/files/process-mark.ts";
import { makeTemporaryFolder, sweepTemporaryFolders } from "../../../infra/files/temporary-folder.ts";
import { compiledProgram } from "../../support/compiled-program.ts";

/** A command that holds such a folder and does nothing else, and one that cannot have it. */
let programs: { readonly holds: string; readonly isRefused: string };
beforeAll(async () => {
  const holds =
    'import { makeTemporaryFolder } from "./infra/files/temporary-folder.ts";' +
    'import { endWhenInterrupted } from "./infra/console/interruption.ts"; endWhenInterrupted();' +
    'console.log(makeTemporaryFolder("queueit-plan-").path); setInterval(() => undefined, 1000);';
  const isRefused =
    'import { makeTemporaryFolder } from "./infra/files/temporary-folder.ts";' +
    'try { makeTemporaryFolder("queueit-plan-"); } catch (error) { console.log(error.code); }';
  programs = { holds: await compiledProgram(holds), isRefused: await compiledProgram(isRefused) };
});

// A temporary directory of this test's own: a sweep looks at all of it.
let root: string;
const before = process.env["TMPDIR"];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "test-sweep-"));
  process.env["TMPDIR"] = root;
});
afterEach(() => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
});

/** A process that holds such a folder. */
async function holder(): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const child = spawn(process.execPath, [programs.holds], { stdio: ["ignore", "pipe", "ignore"] });
  const [folder] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, folder };
}

/** A folder that says that this process uses it, or what else is given. */
function folderUsedBy(mark: object | undefined): string {
  const path = join(root, "queueit-plan-by-hand");
  mkdirSync(path, { mode: 0o700 });
  if (mark !== undefined) writeFileSync(join(path, "used-by-somebody"), JSON.stringify(mark));
  return path;
}

describe("a temporary folder", () => {
  it("says what refuses it where there is no directory for it, also when others are swept", () => {
    process.env["TMPDIR"] = join(root, "gone");
    const refused =
      /^Nothing can be created in the temporary directory .*gone: ENOENT.* name another directory in TMPDIR/;
    expect(() => makeTemporaryFolder("queueit-plan-")).toThrow(refused);
    expect(() => {
      sweepTemporaryFolders();
    }).toThrow(refused);
  });

  it.skipIf(process.platform === "win32")("that cannot be written to is refused, and does not stay", () => {
    const node = [process.execPath, programs.isRefused];
    const { stdout } = spawnSync("sh", ["-c", 'ulimit -f 0; exec "$@"', "sh", ...node], { encoding: "utf8" });
    expect(stdout).toBe("temporary-folder\n");
    expect(readdirSync(root)).toEqual([]);
  });

  it("can be read by this user alone, and is gone when it is removed", () => {
    const { path, remove } = makeTemporaryFolder("queueit-plan-");
    expect(statSync(path).mode & 0o777).toBe(0o700);
    remove();
    remove();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
    ["SIGXCPU", 152],
  ] as const)("goes along when the command is ended by %s", async (signal, code) => {
    const { child, folder } = await holder();
    expect(existsSync(folder)).toBe(true);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([code, null]);
    expect(existsSync(folder)).toBe(false);
  });

  it("is a clear error where there is no room for one", () => {
    process.env["TMPDIR"] = join(root, "missing");
    expect(() => makeTemporaryFolder("queueit-plan-")).toThrow(/temporary directory .*missing.*TMPDIR/);
  });
});

describe("a sweep", () => {
  it("removes what a process that was killed has left, and only once it is gone", async () => {
    const { child, folder } = await holder();
    sweepTemporaryFolders();
    expect(existsSync(folder)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    sweepTemporaryFolders();
    expect(existsSync(folder)).toBe(false);
  });

  it("leaves what another process still uses, such as Terraform after its command was killed", async () => {
    const { path, keepFor, remove } = makeTemporaryFolder("queueit-plan-");
    const { child } = await holder();
    keepFor(child.pid ?? 0);
    sweepTemporaryFolders();
    expect(existsSync(path)).toBe(true);
    child.kill("SIGKILL");
    remove();
  });

  it.skipIf(process.platform !== "linux")("is not misled by a later process with the same number", () => {
    const path = folderUsedBy({ pid: process.pid, started: "1", place: placeHere() });
    sweepTemporaryFolders();
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(process.platform !== "linux")(
    "leaves what a process of another container uses, for a day",
    () => {
      const [boot] = placeHere().split(" ");
      const path = folderUsedBy({ pid: 1, started: "1", place: `${boot ?? ""} pid:[1]` });
      sweepTemporaryFolders();
      expect(existsSync(path)).toBe(true);
      const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
      utimesSync(path, twoDaysAgo, twoDaysAgo);
      sweepTemporaryFolders();
      expect(existsSync(path)).toBe(false);
    },
  );

  it.skipIf(process.platform !== "linux")("takes the folder of a program's output, too", () => {
    const path = join(root, "queueit-output-by-hand");
    mkdirSync(path);
    const mark = { pid: process.pid, started: "1", place: placeHere() };
    writeFileSync(join(path, "used-by-somebody"), JSON.stringify(mark));
    sweepTemporaryFolders();
    expect(existsSync(path)).toBe(false);
  });

  it("leaves a folder that is being made, and one of another name", () => {
    const path = folderUsedBy(undefined);
    const other = join(root, "somebody-elses");
    mkdirSync(other);
    sweepTemporaryFolders();
    expect([existsSync(path), existsSync(other)]).toEqual([true, true]);
  });

  it("follows no link out of the temporary directory", () => {
    const target = mkdtempSync(join(tmpdir(), "test-target-"));
    writeFileSync(join(target, "used-by-nobody"), '{"pid":1,"started":"1","place":"elsewhere"}');
    symlinkSync(target, join(root, "queueit-plan-link"));
    sweepTemporaryFolders();
    expect(existsSync(join(target, "used-by-nobody"))).toBe(true);
  });
});

function placeHere(): string {
  const place = markOf(process.pid).place;
  if (place === null) throw new Error("Linux tells where a process is.");
  return place;
}
