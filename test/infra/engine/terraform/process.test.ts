import { describe, expect, it } from "vitest";
import { runProcess } from "../../../../infra/engine/terraform/process.ts";

const node = (script: string, onLine?: (line: string) => void) =>
  runProcess(process.execPath, ["-e", script], {
    cwd: process.cwd(),
    env: { PATH: process.env["PATH"] ?? "" },
    ...(onLine !== undefined && { onLine }),
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
    await node("console.log('one'); console.log('two')", (line) => lines.push(line));
    expect(lines).toEqual(["one", "two"]);
  });

  it("gets no input, so that a question does not wait", async () => {
    expect((await node("process.stdin.on('end', () => process.exit(7)).resume()")).code).toBe(7);
  });

  it("is told once when this process is asked to end, and its end is waited for", async () => {
    const script =
      "process.on('SIGINT', () => { console.log('lock given back'); process.exit(1); });" +
      "setInterval(() => undefined, 1000); console.log('ready');";
    const { code, stdout, interrupted } = await node(script, (line) => {
      if (line === "ready") process.emit("SIGINT", "SIGINT");
    });
    expect([code, stdout, interrupted]).toEqual([1, "ready\nlock given back\n", true]);
  });

  it("is an error when it is not there", async () => {
    const options = { cwd: process.cwd(), env: {} };
    await expect(runProcess("/no/such/program", [], options)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
