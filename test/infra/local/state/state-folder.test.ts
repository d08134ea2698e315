import { execFile, execFileSync } from "node:child_process";
import { chmod, chown, mkdir, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../../infra/errors/user-error.ts";
import { openStateFolder } from "../../../../infra/local/state/state-folder.ts";
import { writeState, type LocalState } from "../../../../infra/local/state/state-file.ts";
import { compiledProgram } from "../../../support/compiled-program.ts";
import { newFolder } from "../../../support/new-folder.ts";
import { moduleWorker } from "../cloudflare/worker-sources.ts";
import { stateTitled } from "./states.ts";

let folder: string;
let writer: string;
beforeAll(async () => {
  const source = fileURLToPath(new URL("./crash-while-writing.ts", import.meta.url));
  writer = await compiledProgram(`import ${JSON.stringify(source)};`);
});
beforeEach(async () => {
  folder = await newFolder();
});

/** Runs a process that is killed at this moment of its second write. */
function crashAt(moment: string): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [writer, folder, moment], () => {
      resolve(child.signalCode);
    });
  });
}

async function titleHeld(): Promise<string | undefined> {
  const state = await openStateFolder(folder);
  await state.close();
  return state.held()?.contents.namespaces[0]?.title;
}

describe("a state folder", () => {
  it("is empty at first, and made where it is missing", async () => {
    const state = await openStateFolder(join(folder, "new", "one"));
    expect(state.held()).toBeUndefined();
    await state.close();
  });

  it("holds what was saved last", async () => {
    const state = await openStateFolder(folder);
    await Promise.all(["first", "second", "third"].map((title) => state.save(stateTitled(title))));
    await state.close();
    expect(await titleHeld()).toBe("third");
  });

  it("takes what was saved before it is closed, and nothing after: it may be another's by then", async () => {
    const state = await openStateFolder(folder);
    const before = state.save(stateTitled("before"));
    const closed = state.close();
    await expect(state.save(stateTitled("after"))).rejects.toThrow("is closed");
    await Promise.all([before, closed]);
    expect(await titleHeld()).toBe("before");
  });

  it("lets nobody but its owner read the secrets", async () => {
    const state = await openStateFolder(folder);
    await state.save(stateTitled("any"));
    await state.close();
    expect((await stat(join(folder, "account.json"))).mode & 0o777).toBe(0o600);
  });

  it("is closed to others where it was open to them, with everything in it", async () => {
    await mkdir(join(folder, "kv", "values"), { recursive: true });
    const files = ["account.json", join("kv", "values", "a.sqlite")];
    await writeFile(join(folder, "account.json"), writeState(stateTitled("any")).text, { mode: 0o644 });
    await writeFile(join(folder, "kv", "values", "a.sqlite"), "", { mode: 0o666 });
    for (const name of [".", "kv", join("kv", "values")]) await chmod(join(folder, name), 0o755);
    await (await openStateFolder(folder)).close();
    const modeOf = async (name: string) => (await stat(join(folder, name))).mode & 0o777;
    expect(await Promise.all(files.map(modeOf))).toEqual([0o600, 0o600]);
    expect(await Promise.all([".", "kv", join("kv", "values")].map(modeOf))).toEqual([0o700, 0o700, 0o700]);
  });

  it("never writes through a link that somebody puts under the name of its next file", async () => {
    const victim = join(await newFolder(), "victim");
    await writeFile(victim, "as it was");
    const state = await openStateFolder(folder);
    await symlink(victim, join(folder, "account.json.new"));
    await state.save(stateTitled("any"));
    await state.close();
    expect(await readFile(victim, "utf8")).toBe("as it was");
    expect(await titleHeld()).toBe("any");
  });

  it.each(["account.json", "account.json.new", "kv", "lock"])(
    "is refused when its %s is a link",
    async (name) => {
      await symlink(await newFolder(), join(folder, name));
      await expect(openStateFolder(folder)).rejects.toThrow(`${name} is neither a file nor a folder`);
    },
  );

  it("is refused when it is another user's, with who that is", async (test) => {
    if (process.getuid?.() !== 0) {
      test.skip("SKIPPED: only root can give a folder to another user.");
      return;
    }
    await chown(folder, 65_534, 65_534);
    await expect(openStateFolder(folder)).rejects.toThrow(
      "belongs to another user (uid 65534; you are uid 0)",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("keeps what it had when the disk is full, and says so", async (test) => {
    const disk = await newFolder();
    if (!mountSmallDisk(disk)) {
      test.skip("SKIPPED: this user may not mount a small disk to fill it.");
      return;
    }
    test.onTestFinished(() => void execFileSync("umount", [disk]));
    const state = await openStateFolder(join(disk, "state"));
    await state.save(stateTitled("first"));
    await writeFile(join(disk, "filler"), Buffer.alloc(1_000_000)).catch(() => undefined);
    const large = state.save(stateTitled("x".repeat(100_000)));
    await expect(large).rejects.toThrow(/could not be saved to .*ENOSPC.*Free some space/);
    expect(await readdir(join(disk, "state"))).not.toContain("account.json.new");
    expect(state.held()).toEqual(stateTitled("first"));
    await state.close();
  });

  it.each(["/dev/null/state", "/proc/state", join("/tmp", "x".repeat(300))])(
    "is refused at %s",
    async (path) => {
      await expect(openStateFolder(path)).rejects.toThrow("cannot be used");
    },
  );

  it.each([
    ["opened", "first"],
    ["half-written", "first"],
    ["written", "first"],
    ["synced", "first"],
    ["renamed", "second"],
  ])("survives a process killed when its file was %s, with the %s state whole", async (moment, title) => {
    expect(await crashAt(moment)).toBe("SIGKILL");
    expect(await titleHeld()).toBe(title);
  });

  it("is refused while another has it", async () => {
    const state = await openStateFolder(folder);
    await expect(openStateFolder(folder)).rejects.toThrow(
      new RegExp(
        `The process ${process.pid}( of \\S+)? has been using this state since \\d{4}-\\d\\d-\\d\\dT`,
      ),
    );
    await state.close();
    await expect(titleHeld()).resolves.toBeUndefined();
  });

  it("keeps long code in files that only its owner reads, for as long as a Worker has it", async () => {
    const withCode = (letter: string): LocalState => {
      const { contents, ...about } = stateTitled("any");
      const script = { ...moduleWorker(""), content: letter.repeat(100_000) };
      return { ...about, contents: { ...contents, scripts: [script] } };
    };
    const state = await openStateFolder(folder);
    await state.save(withCode("a"));
    await state.save(withCode("b"));
    await state.close();
    const [name = "", ...others] = await readdir(join(folder, "code"));
    expect(others).toEqual([]);
    expect((await stat(join(folder, "code", name))).mode & 0o777).toBe(0o600);
    const again = await openStateFolder(folder);
    await again.close();
    expect(again.held()).toEqual(withCode("b"));
  });

  it("is refused when code in it was changed, and names it", async () => {
    const { contents, ...about } = stateTitled("any");
    const scripts = [{ ...moduleWorker(""), content: "a".repeat(100_000) }];
    const state = await openStateFolder(folder);
    await state.save({ ...about, contents: { ...contents, scripts } });
    await state.close();
    const [name = ""] = await readdir(join(folder, "code"));
    await writeFile(join(folder, "code", name), "b");
    await expect(openStateFolder(folder)).rejects.toThrow(`the code ${name}`);
  });

  it("refuses a damaged file, and leaves it as it is", async () => {
    const file = join(folder, "account.json");
    await writeFile(file, '{"mark":"queueit-cf local st');
    await expect(openStateFolder(folder)).rejects.toThrow(UserError);
    expect(await readFile(file, "utf8")).toBe('{"mark":"queueit-cf local st');
    expect(await readdir(folder)).toEqual(["account.json"]);
  });

  it("refuses a folder with other things in it, and adds nothing to them", async () => {
    await writeFile(join(folder, "thesis.txt"), "");
    await expect(openStateFolder(folder)).rejects.toThrow("thesis.txt");
    expect(await readdir(folder)).toEqual(["thesis.txt"]);
  });
});

function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
