import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, describe, expect, it, vi } from "vitest";
import { PACKAGE_ROOT } from "../../../../../infra/files/package-root.ts";
import { isAlive } from "../../../../../infra/files/is-alive.ts";
import { openStateFolder } from "../../../../../infra/local/state/state-folder.ts";
import { installedPackage } from "../../../../support/installed-package.ts";
import { newFolder } from "../../../../support/new-folder.ts";

const CHECKS = join(import.meta.dirname, "checks-an-endless-worker.ts");

/** Runs a program until its first line. */
async function start({ onTestFinished }: TestContext, ...args: readonly string[]) {
  const child = spawn("node", args, {
    cwd: PACKAGE_ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(createInterface(child.stdout), "line");
  return child;
}

/** The processes that a process has started, by id, and what they were started with. */
function childrenOf({ pid }: ChildProcess): ReadonlyMap<number, readonly string[]> {
  const ids = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return new Map(
    ids
      .split("\n")
      .map(Number)
      .filter((id) => id > 0)
      .map((id) => [id, readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0")] as const),
  );
}

/** Kills this process alone, as `kill -9` does, and waits until what it had started is gone. */
async function killAlone(child: ChildProcess): Promise<readonly (readonly string[])[]> {
  const children = childrenOf(child);
  child.kill("SIGKILL");
  const isGone = () => {
    expect([...children.keys()].filter(isAlive)).toEqual([]);
  };
  await vi.waitFor(isGone, { timeout: 120_000, interval: 10 });
  return [...children.values()];
}

const isWorkerd = (words: readonly string[]) => words.includes("serve");
const folderOf = (words: readonly string[]) => words.find((word) => word.includes("/queueit-"));

describe.skipIf(process.platform !== "linux")("processes of a program that was killed", () => {
  it("are gone with a local Cloudflare, whose state is free again", async (test) => {
    const state = await newFolder();
    const ports = ["--port", "0", "--api-port", "0"];
    const { command } = await installedPackage();
    const child = await start(test, command, "local", "--json", ...ports, "--state", state);
    expect((await killAlone(child)).some(isWorkerd)).toBe(true);
    await (await openStateFolder(state)).close();
  });

  it.for<readonly [string, () => Promise<readonly string[]>]>([
    ["a preview", async () => [(await installedPackage()).command, "preview", "--json", "--port", "0"]],
    ["a check of a Worker", () => Promise.resolve(["--import", "tsx", CHECKS])],
  ])("are gone with %s, and so are its values", async ([, argsOf], test) => {
    const ended = await killAlone(await start(test, ...(await argsOf())));
    expect(ended.some(isWorkerd)).toBe(true);
    const folder = ended.map(folderOf).find((path) => path !== undefined);
    expect(folder).toBeDefined();
    expect(existsSync(folder ?? "")).toBe(false);
  });
});
