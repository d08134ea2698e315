import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../../../infra/bundle.ts";
import { makePlanFolder } from "../../../../infra/engine/terraform/plan-folder.ts";

/** A process that holds a plan folder and does nothing else. */
async function holder(): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const script =
    'const { makePlanFolder } = await import("./infra/engine/terraform/plan-folder.ts");' +
    "console.log((await makePlanFolder()).path); setInterval(() => undefined, 1000);";
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const [folder] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, folder };
}

describe("the folder of a plan", () => {
  it("can be read by this user alone, and is gone when it is removed", async () => {
    const { path, remove } = await makePlanFolder();
    expect(statSync(path).mode & 0o777).toBe(0o700);
    await remove();
    await remove();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("goes along when the process is ended by %s", async (signal, code) => {
    const { child, folder } = await holder();
    expect(existsSync(folder)).toBe(true);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([code, null]);
    expect(existsSync(folder)).toBe(false);
  });
});
