import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type TestContext, beforeAll, describe, expect, it } from "vitest";
import { lockFolder } from "../../../infra/files/folder-lock.ts";
import { compiledProgram } from "../../support/compiled-program.ts";
import { newFolder } from "../../support/new-folder.ts";

const PROGRAM = fileURLToPath(new URL("./wants-the-lock.ts", import.meta.url));
const ELSEWHERE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;

let program: string;
beforeAll(async () => {
  program = await compiledProgram(`import ${JSON.stringify(PROGRAM)};`);
});

/** No process has this id: it is above what a kernel gives. */
const DEAD = 2 ** 31 - 1;

const refused = ({ holder }: { holder: string }) => new Error(holder);

/** A process that takes locks when it is told to, and holds them until it is killed. */
class Contender {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(through: readonly string[]) {
    const [file = "", ...args] = [...through, process.execPath, program];
    this.process = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** @param through Program that starts it. Default: none. */
  static async start({ onTestFinished }: TestContext, through: readonly string[] = []) {
    const contender = new Contender(through);
    onTestFinished(() => contender.kill());
    await contender.answer();
    return contender;
  }

  ask(folder: string): void {
    this.process.stdin.write(`${folder}\n`);
  }

  async answer(): Promise<string> {
    return String((await this.#lines.next()).value);
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    // Its output closes when the last of what it has started is gone.
    const end = once(this.process, "close");
    this.process.kill("SIGKILL");
    await end;
  }
}

describe("the lock of a folder", () => {
  it("has one holder of eight processes that find a dead one's file at the same moment, every time", async (test) => {
    const contenders = await Promise.all(Array.from({ length: 8 }, () => Contender.start(test)));
    const root = await newFolder();
    for (let round = 0; round < 25; round++) {
      const folder = join(root, String(round));
      await mkdir(folder);
      await writeFile(join(folder, "lock"), `${DEAD} ${hostname()}\n`);
      for (const contender of contenders) contender.ask(folder);
      const answers = await Promise.all(contenders.map((contender) => contender.answer()));
      expect(answers.filter((answer) => answer === "locked")).toHaveLength(1);
    }
  });

  it("has one holder of those that wait for the moment it is released", async () => {
    const folder = await newFolder();
    const inside = new Set<number>();
    const attempts = Array.from({ length: 8 }, async (_, index) => {
      for (let turn = 0; turn < 50;) {
        const lock = await lockFolder(folder, refused).catch(() => undefined);
        if (lock === undefined) {
          await new Promise(setImmediate);
          continue;
        }
        inside.add(index);
        expect([...inside]).toEqual([index]);
        await new Promise(setImmediate);
        inside.delete(index);
        await lock.release();
        turn++;
      }
    });
    await Promise.all(attempts);
    expect(await readdir(folder)).toEqual([]);
  });

  it("ends with the process that has it, killed as it may be", async (test) => {
    const folder = await newFolder();
    const contender = await Contender.start(test);
    contender.ask(folder);
    expect(await contender.answer()).toBe("locked");
    await contender.kill();
    await (await lockFolder(folder, refused)).release();
  });

  it("is held on by a process that inherited it", async (test) => {
    const folder = await newFolder();
    const lock = await lockFolder(folder, refused);
    const heir = spawn("cat", { stdio: ["pipe", "ignore", "inherit", lock.descriptor] });
    test.onTestFinished(() => void heir.kill("SIGKILL"));
    // As if this process were gone, which has the file under the same name.
    closeSync(lock.descriptor);
    await expect(lockFolder(folder, refused)).rejects.toThrow(`The process ${process.pid}`);
    const end = once(heir, "exit");
    heir.stdin?.end();
    await end;
    await (await lockFolder(folder, refused)).release();
  });

  it("keeps out a process of another PID namespace, and is kept by one", async (test) => {
    if (!canUnshare()) {
      test.skip("SKIPPED: this user may not make a PID namespace.");
      return;
    }
    const folder = await newFolder();
    const [here, elsewhere] = [await Contender.start(test), await Contender.start(test, ELSEWHERE)];
    elsewhere.ask(folder);
    expect(await elsewhere.answer()).toBe("locked");
    here.ask(folder);
    expect(await here.answer()).toMatch(/^The process \d+( of \S+)?$/);
    await elsewhere.kill();
    here.ask(folder);
    expect(await here.answer()).toBe("locked");
    const other = await Contender.start(test, ELSEWHERE);
    other.ask(folder);
    expect(await other.answer()).toMatch(new RegExp(`^The process ${here.process.pid}( of \\S+)?$`));
  });

  it("never follows a link that somebody put in its place", async () => {
    const folder = await newFolder();
    const victim = join(await newFolder(), "victim");
    await writeFile(victim, "as it was");
    await symlink(victim, join(folder, "lock"));
    await expect(lockFolder(folder, refused)).rejects.toThrow("ELOOP");
    expect(await readFile(victim, "utf8")).toBe("as it was");
  });
});

function canUnshare(): boolean {
  try {
    execFileSync("unshare", ["--pid", "--fork", "--mount-proc", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
