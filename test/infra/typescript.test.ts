import { execFile } from "node:child_process";
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

const POISON = "COMPILED BY SOMEBODY ELSE";

const run = async (args: readonly string[], TMPDIR: string) =>
  (await promisify(execFile)("node", args, { cwd: PACKAGE_ROOT, env: { ...process.env, TMPDIR } })).stdout;

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

const ANOTHER_USER = 65_534;
const isRoot = process.geteuid?.() === 0;
if (!isRoot) console.warn("SKIPPED: only root can give a folder to another user.");

/** A project with the loader alone, and a folder in its cache in which somebody waits to be called. */
async function projectWithCache(spoil: (cache: string) => Promise<void>) {
  const project = await mkdtemp(join(tmpdir(), "test-loader-"));
  const cache = join(project, "node_modules/.cache/queueit-cf", `tsx-${process.geteuid?.() ?? 0}`);
  await mkdir(join(project, "infra"));
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await symlink(join(PACKAGE_ROOT, "node_modules/tsx"), join(project, "node_modules/tsx"));
  await copyFile(join(PACKAGE_ROOT, "infra/typescript.mjs"), join(project, "infra/typescript.mjs"));
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  await writeFile(join(project, "main.ts"), 'const text: string = "runs"; console.log(text);');
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(join(cache, `${process.pid}.pipe`), done));
  await spoil(cache);
  const { stdout } = await promisify(execFile)("node", ["--import", "./infra/typescript.mjs", "main.ts"], {
    cwd: project,
  });
  // Whoever moved the folder away has moved what is in it.
  const files = (await readdir(project, { recursive: true })).filter((name) =>
    /tsx-\d+\/(?!.*pipe$)/.test(name),
  );
  server.close();
  await rm(project, { recursive: true });
  return { calls, stdout, files };
}

const SPOILED: readonly (readonly [string, (cache: string) => Promise<void>, boolean])[] = [
  ["others may write to a folder in it", (cache) => chmod(cache, 0o777), true],
  ["a group may write to a folder in it", (cache) => chmod(cache, 0o770), true],
  ["others may write to a file in it", (cache) => chmod(join(cache, `${process.pid}.pipe`), 0o777), true],
  [
    "a folder in it is a link to another place",
    async (cache) => {
      await rename(cache, `${cache}-elsewhere`);
      await symlink(`${cache}-elsewhere`, cache);
    },
    true,
  ],
  ["a folder in it is another user's", (cache) => chown(cache, ANOTHER_USER, ANOTHER_USER), isRoot],
  [
    "a file in it is another user's",
    (cache) => chown(join(cache, `${process.pid}.pipe`), ANOTHER_USER, ANOTHER_USER),
    isRoot,
  ],
  ["it is another user's", (cache) => chown(join(cache, ".."), ANOTHER_USER, ANOTHER_USER), isRoot],
  ["others may write to it", (cache) => chmod(join(cache, ".."), 0o777), true],
];

describe("a cache of compiled TypeScript", () => {
  it("is kept where it is this user's alone", async () => {
    const used = await projectWithCache((cache) => chmod(join(cache, `${process.pid}.pipe`), 0o700));
    expect(used).toMatchObject({ stdout: "runs\n", files: [expect.any(String)] });
    // It is called there: otherwise the tests below proved nothing.
    expect(used.calls).toBeGreaterThan(0);
  });

  it.each(SPOILED.filter(([, , canBeTried]) => canBeTried))(
    "is neither used nor called where %s",
    async (_name, spoil) => {
      const spoiled = async (cache: string) => {
        await chmod(join(cache, `${process.pid}.pipe`), 0o700);
        await spoil(cache);
      };
      expect(await projectWithCache(spoiled)).toEqual({ calls: 0, stdout: "runs\n", files: [] });
    },
  );
});

describe("TypeScript", () => {
  it("is compiled here, and never taken from a folder where others may write", async () => {
    const temporary = await poisoned();
    // The loader as it is would run it: otherwise this test proved nothing.
    expect(await run(["--import", "tsx", "-e", 'import("./infra/cli.ts")'], temporary)).toContain(POISON);
    expect(await run(["infra/queueit-cf.mjs", "--help"], temporary)).not.toContain(POISON);
    const app = JSON.parse(await readFile(join(PACKAGE_ROOT, "cdktf.json"), "utf8")) as { app: string };
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
    const { scripts } = JSON.parse(await readFile(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    expect(Object.values(scripts).filter((script) => /\btsx\b/.test(script))).toEqual([]);
  });
});
