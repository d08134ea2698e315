import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { queueitCf, startQueueitCf } from "./cli.ts";

describe.concurrent("queueit-cf", () => {
  it("shows every command in its help", async () => {
    const { code, stdout } = await startQueueitCf("--help");
    expect(code).toBe(0);
    for (const command of ["preview", "validate", "bundle"]) expect(stdout).toContain(command);
  });

  it("shows examples in the help of a command", async () => {
    expect((await queueitCf("preview", "--help")).stdout).toContain(
      "$ npx queueit-cf preview --check --json",
    );
  });

  it("refuses a command that does not exist, and says which one was meant", async () => {
    const { code, stderr } = await queueitCf("prewiev");
    expect(code).toBe(1);
    expect(stderr).toContain("preview");
  });
});

describe.concurrent("queueit-cf validate", () => {
  it("passes the environments that ship, with their example values as warnings", async () => {
    const { code, stdout } = await queueitCf("validate");
    expect(code).toBe(0);
    expect(stdout).toContain("is an example value");
  });

  it("gives machines the problems as JSON", async () => {
    const validation = z.strictObject({
      schema: z.literal("queueit-cf/validate/1"),
      problems: z
        .array(z.object({ severity: z.literal("warning"), code: z.string(), path: z.string() }))
        .nonempty(),
    });
    validation.parse(JSON.parse((await queueitCf("validate", "--json")).stdout));
  });
});

describe.concurrent("queueit-cf validate --configuration", () => {
  const check = async (text: string, ...options: readonly string[]) => {
    const folder = await mkdtemp(join(tmpdir(), "test-validate-"));
    try {
      await writeFile(join(folder, "downloaded.json"), text);
      return await queueitCf("validate", "--configuration", join(folder, "downloaded.json"), ...options);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const ACTION = { ActionType: "Quue", EventId: "", Triggers: [] };

  it("explains what the Worker takes and does not understand", async () => {
    const { code, stdout } = await check(JSON.stringify({ Version: 1, Integrations: [ACTION] }));
    expect(code).toBe(0);
    expect(stdout).toContain('warning Integrations[0].ActionType is "Quue"');
    expect(stdout).toContain("did you mean Queue?");
  });

  it("ends with 1 for one that the Worker would refuse, also as JSON", async () => {
    const { code, stdout } = await check("{", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ severity: "error", code: "configuration-invalid" }],
      error: { code: "configuration-invalid" },
    });
  });

  it("says when there is no such file", async () => {
    const { code, stderr } = await queueitCf("validate", "--configuration", "no-such.json");
    expect(code).toBe(1);
    expect(stderr).toContain('"no-such.json" is not there (ENOENT)');
  });
});

describe.concurrent("queueit-cf preview", () => {
  it("refuses an unknown environment with the names it knows", async () => {
    const { code, stderr } = await queueitCf("preview", "stagin");
    expect(code).toBe(1);
    expect(stderr).toContain("Did you mean staging?");
  });

  it("refuses a port that is none", async () => {
    const { code, stderr } = await queueitCf("preview", "--port", "http");
    expect(code).toBe(1);
    expect(stderr).toContain("whole number");
  });

  it("says which port is taken and how to take another", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await startQueueitCf("preview", "--port", String(port));
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`${port}`);
    expect(stderr).toContain("--port");
  });

  it("checks every step, one JSON object for each, and no link that nobody can open afterwards", async () => {
    const { code, stdout } = await startQueueitCf("preview", "staging", "--check", "--json");
    const [setUp, ...results] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { steps?: unknown[]; step?: string; outcome?: string });
    expect(setUp?.steps).toHaveLength(6);
    expect(setUp).not.toHaveProperty("links");
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 7 }, () => "passed"),
      "skipped",
      "skipped",
      "passed",
    ]);
    expect(code).toBe(0);
  });

  it("checks two sites, ends in one line, and names no address on a port that is closed then", async () => {
    const { code, stdout } = await queueitCf("preview", "production", "--check");
    expect(stdout.split("\n").at(-2)).toBe(
      "production works on a local Cloudflare: 9 steps passed, 1 was not tried.",
    );
    expect(stdout).not.toMatch(/localhost|Ctrl-C/);
    expect(code).toBe(0);
  });
});
