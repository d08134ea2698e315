import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Script } from "../../../../../infra/local/cloudflare/account/model.ts";
import { assertScriptAllowed } from "../../../../../infra/local/cloudflare/account/script-rules.ts";
import { moduleWorker } from "../worker-sources.ts";

const MIB = 1024 * 1024;

const EVERYTHING = { hasNamespace: () => true, hasScript: () => true };

describe("assertScriptAllowed", () => {
  const check = (change: Partial<Script>) => () => {
    assertScriptAllowed({ ...moduleWorker(""), ...change }, EVERYTHING);
  };
  const refusal = (code: number) => expect.objectContaining({ code }) as Error;
  const data = (bytes: Buffer) => ({
    modules: [{ name: "b.bin", contentType: "application/octet-stream", base64: bytes.toString("base64") }],
  });

  it("refuses a Worker of more than 64 MiB", () => {
    expect(check({ content: "x".repeat(64 * MIB + 1) })).toThrow(refusal(10027));
  });

  it("refuses a Worker that has more than 10 MiB when it is compressed, with all of its modules", () => {
    expect(check(data(randomBytes(11 * MIB)))).toThrow(refusal(10027));
    expect(check(data(Buffer.alloc(11 * MIB)))).not.toThrow();
  });

  it.each(["", "a\nb", "x".repeat(513), "\ud800"])("refuses the module name %j", (name) => {
    expect(check({ mainModule: name })).toThrow(refusal(10021));
  });
});
