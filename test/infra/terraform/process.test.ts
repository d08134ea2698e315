import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fateOf, markOf } from "../../../infra/files/process-mark.ts";
import { type ProcessOptions, runProcess } from "../../../infra/terraform/process.ts";

const node = (script: string, options: Partial<ProcessOptions> = {}) =>
  runProcess(process.execPath, ["-e", script], {
    cwd: process.cwd(),
    env: { PATH: process.env["PATH"] ?? "" },
    ...options,
  });

describe("a program that is run", () => {
  it("gives its exit code and what it wrote to each stream", async () => {
    expect(await node("console.log('out'); console.error('err'); process.exit(3)")).toMatchObject({
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("gives its lines as they come", async () => {
    const lines: string[] = [];
    await node("console.log('one'); console.log('two')", { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["one", "two"]);
  });

  it("gets no input, so that a question does not wait", async () => {
    expect((await node("process.stdin.on('end', () => process.exit(7)).resume()")).code).toBe(7);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "is told once when this process gets %s twice, and its end is waited for",
    async (signal) => {
      const script =
        "let told = 0; process.on('SIGINT', () => { told++; setTimeout(() => { console.log(`told ${told}`); process.exit(1); }, 50); });" +
        "setInterval(() => undefined, 1000); console.log('ready');";
      const { code, stdout, interruptedBy } = await node(script, {
        isLeftAlone: true,
        onLine: (line) => {
          if (line !== "ready") return;
          process.emit(signal, signal);
          process.emit(signal, signal);
        },
      });
      expect([code, stdout, interruptedBy]).toEqual([1, "ready\ntold 1\n", signal]);
    },
  );

  it("is told behind a shell, too", async () => {
    const script =
      "process.on('SIGINT', () => { console.log('told'); process.exit(); }); setInterval(() => undefined, 1000); console.log('ready')";
    const { stdout } = await runProcess("sh", ["-c", `${process.execPath} -e "${script}"; true`], {
      cwd: process.cwd(),
      env: {},
      onLine: (line) => void (line === "ready" && process.emit("SIGINT", "SIGINT")),
    });
    expect(stdout).toBe("ready\ntold\n");
  });

  it("is ended at the second signal where nothing is lost by that", async () => {
    const script =
      "process.on('SIGINT', () => undefined); setInterval(() => undefined, 1000); console.log('ready')";
    const { signal } = await node(script, {
      onLine: () => {
        process.emit("SIGINT", "SIGINT");
        process.emit("SIGINT", "SIGINT");
      },
    });
    expect(signal).toBe("SIGKILL");
  });

  it("has no terminal, and no pipe that could break", async () => {
    const script =
      "const { fstatSync } = require('fs'); const { execSync } = require('child_process');" +
      "console.log(fstatSync(1).isFile(), fstatSync(2).isFile(), execSync('ps -o sid= -p ' + process.pid).toString().trim() === String(process.pid))";
    expect((await node(script)).stdout).toBe("true true true\n");
  });

  it("takes what it started along when a signal ends it", async () => {
    const script =
      "const child = require('child_process').spawn('sleep', ['600']); console.log(child.pid); setInterval(() => undefined, 1000);";
    let started = 0;
    const { signal, stdout } = await node(script, {
      onStart: (pid) => (started = pid),
      onLine: () => process.kill(started, "SIGKILL"),
    });
    expect(signal).toBe("SIGKILL");
    await expect.poll(() => fateOf({ ...markOf(Number(stdout)), pid: Number(stdout) })).toBe("gone");
  });

  it("makes files for this user alone, where that is asked for", async () => {
    const folder = await mkdtemp(join(tmpdir(), "test-process-"));
    const mode = async (name: string, makesPrivateFiles: boolean) => {
      const file = join(folder, name);
      await node(`require('fs').writeFileSync(${JSON.stringify(file)}, 'state')`, { makesPrivateFiles });
      return (await stat(file)).mode & 0o077;
    };
    expect(await mode("private", true)).toBe(0);
    const umask = process.umask(0o022);
    expect(await mode("shared", false)).toBe(0o044);
    process.umask(umask);
    await rm(folder, { recursive: true });
  });

  it("is an error when it is not there", async () => {
    const options = { cwd: process.cwd(), env: {} };
    await expect(runProcess("/no/such/program", [], options)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
