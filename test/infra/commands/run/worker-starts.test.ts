import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConnectorSpec, WorkerFile } from "../../../../infra/specification/specification.ts";
import { UserError } from "../../../../infra/errors/user-error.ts";
import { requireWorkerStarts } from "../../../../infra/commands/run/worker-starts.ts";
import { SPEC } from "../../specification/specs.ts";

async function withFile(source: string, format: WorkerFile["format"]): Promise<ConnectorSpec> {
  const path = join(await mkdtemp(join(tmpdir(), "test-worker-file-")), "vendor.js");
  await writeFile(path, source);
  return { ...SPEC, worker: { ...SPEC.worker, file: { path, sha256: "0".repeat(64), format } } };
}

const checking = async (source: string, format: WorkerFile["format"]) =>
  requireWorkerStarts(await withFile(source, format)).then(
    () => "starts",
    (error: unknown) => error,
  );

describe("a Worker file from elsewhere", () => {
  it("may be deployed when it starts with the bindings it will have", async () => {
    const source = `
      const customer = QUEUEIT_CUSTOMER_ID;
      if (customer !== "acme" || typeof IntegrationConfigKV.get !== "function") throw new Error("bindings");
      addEventListener("fetch", (event) => event.respondWith(new Response(customer)));`;
    expect(await checking(source, "service-worker")).toBe("starts");
  });

  it("is refused with the runtime's own words when it does not start", async () => {
    const refusal = await checking("export default { fetch() {} }; missingLibrary();", "es-module");
    expect(refusal).toBeInstanceOf(UserError);
    expect(String(refusal)).toContain("missingLibrary is not defined");
  });

  it("is refused when it expects a binding under another name", async () => {
    const source = "MY_CONFIG.get('info'); addEventListener('fetch', () => {});";
    expect(String(await checking(source, "service-worker"))).toContain("MY_CONFIG");
  });

  it("is refused when it is of the other format", async () => {
    expect(await checking("addEventListener('fetch', () => {});", "es-module")).toBeInstanceOf(UserError);
  });
});
