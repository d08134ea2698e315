import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../../infra/errors.ts";
import { openStateFolder } from "../../../../infra/local/state/state-folder.ts";
import { stateTitled } from "./states.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "test-state-test-"));
});

/** Runs a process that is killed at this moment of its second write. */
function crashAt(moment: string): Promise<NodeJS.Signals | null> {
  const writer = fileURLToPath(new URL("./crash-while-writing.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile("node", ["--import", "tsx", writer, folder, moment], () => {
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

  it("lets nobody but its owner read the secrets", async () => {
    const state = await openStateFolder(folder);
    await state.save(stateTitled("any"));
    await state.close();
    expect((await stat(join(folder, "account.json"))).mode & 0o777).toBe(0o600);
  });

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
    await expect(openStateFolder(folder)).rejects.toThrow(`The process ${process.pid} is using this state`);
    await state.close();
    await expect(titleHeld()).resolves.toBeUndefined();
  });

  it("is given to one only of many who want it at once, and who find a dead process's lock", async () => {
    await writeFile(join(folder, "lock"), "2147483647");
    const opened = await Promise.allSettled(Array.from({ length: 8 }, () => openStateFolder(folder)));
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
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
