import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../infra/bundle.ts";

const POISON = "COMPILED BY SOMEBODY ELSE";

const run = async (args: readonly string[], TMPDIR: string) =>
  (await promisify(execFile)("node", args, { cwd: PROJECT_ROOT, env: { ...process.env, TMPDIR } })).stdout;

/** A temporary directory with what tsx keeps there of this program, changed by somebody. */
async function poisoned(): Promise<string> {
  const temporary = await mkdtemp(join(tmpdir(), "test-poisoned-"));
  await run(["--import", "tsx", "infra/queueit-cf.mjs", "--help"], temporary);
  await run(["--import", "tsx", "-e", 'import("./infra/cli.ts")'], temporary);
  for (const file of await readdir(temporary, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const kept = JSON.parse(await readFile(path, "utf8")) as { code: string };
    kept.code = `console.log(${JSON.stringify(POISON)});${kept.code}`;
    await writeFile(path, JSON.stringify(kept));
  }
  return temporary;
}

describe("TypeScript", () => {
  it("is compiled here, and never taken from a folder where others may write", async () => {
    const temporary = await poisoned();
    // The loader as it is would run it: otherwise this test proved nothing.
    expect(await run(["--import", "tsx", "-e", 'import("./infra/cli.ts")'], temporary)).toContain(POISON);
    expect(await run(["infra/queueit-cf.mjs", "--help"], temporary)).not.toContain(POISON);
    const app = JSON.parse(await readFile(join(PROJECT_ROOT, "cdktf.json"), "utf8")) as { app: string };
    const [, ...args] = app.app.split(" ");
    expect(await run([...args.slice(0, -1), "-e", 'import("./infra/cli.ts")'], temporary)).not.toContain(
      POISON,
    );
    await rm(temporary, { recursive: true });
  });

  it("leaves nothing in the temporary directory", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "test-clean-"));
    await run(["infra/queueit-cf.mjs", "validate"], temporary);
    expect(await readdir(temporary)).toEqual([]);
    await rm(temporary, { recursive: true });
  });

  it("is loaded this way by every script of this project", async () => {
    const { scripts } = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    expect(Object.values(scripts).filter((script) => /\btsx\b/.test(script))).toEqual([]);
  });
});
