import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { buildBundle } from "../../../../infra/bundles/build-bundle.ts";
import { specify } from "../../../../infra/specification/specify.ts";
import type { WorkerFile } from "../../../../infra/specification/specification.ts";
import type { Environment, NamedEnvironment } from "../../../../infra/environments/environment.ts";
import production from "../../../../infra/environments/production.ts";
import staging from "../../../../infra/environments/staging.ts";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { demoConfiguration } from "../../../../infra/local/queue-it/demo-configuration.ts";
import { type Preview, startPreview } from "../../../../infra/local/preview/preview.ts";

let preview: Preview | undefined;
afterEach(async () => {
  await preview?.close();
});

const HOST = "shop.staging.example.com";
const OWN_CONFIGURATION = JSON.stringify({
  ...demoConfiguration([HOST], { customerId: "acme" }),
  Version: 41,
  Integrations: [
    {
      ...demoConfiguration([HOST], { customerId: "acme" }).Integrations.find(({ Name }) =>
        Name.includes("icket"),
      ),
      QueueDomain: "wait.example.com",
    },
  ],
});

/** A file to write the bundle to. */
const builtBundle = async () => buildBundle(await mkdtemp(join(tmpdir(), "test-preview-test-")));

/** Starts staging with some of it changed, and gives what a new visitor of the tickets page gets. */
async function firstVisit(change: Partial<Environment>, file?: WorkerFile) {
  const named: NamedEnvironment = { name: "staging", environment: { ...staging, ...change } };
  const spec = specify({
    named,
    all: [named],
    workerFile: file ?? (await builtBundle()),
    readConfiguration: () => OWN_CONFIGURATION,
  });
  preview = await startPreview({ named, spec, port: 0, log: () => undefined });
  const visitor = new Visitor();
  const answer = await visitor
    .get(preview.localUrl(`https://${HOST}/tickets`))
    .finally(() => visitor.close());
  return { answer, preview, location: answer.headers.get("location") ?? "" };
}

describe("a preview", () => {
  it("sends a new visitor to the waiting room when the configuration is published", async () => {
    const { location, preview } = await firstVisit({ integrationConfiguration: { owner: "publish" } });
    expect(location).toContain(preview.localUrl("https://acme.queue-it.net/"));
  });

  it("does so when the Worker fetches the configuration", async () => {
    const { location } = await firstVisit({ integrationConfiguration: { owner: "pull" } });
    expect(location).toContain("acme.queue-it.net.localhost");
  });

  it("does so with the configuration of a file, and finds its waiting room's own domain", async () => {
    const { location } = await firstVisit({ integrationConfiguration: { owner: "file", path: "any.json" } });
    expect(location).toContain("http://wait.example.com.localhost");
    expect(new URL(location).searchParams.get("cver")).toBe("41");
  });

  it("begins with the configuration that the environment seeds", async () => {
    const { location } = await firstVisit({
      integrationConfiguration: { owner: "publish", seed: "any.json" },
    });
    expect(new URL(location).searchParams.get("cver")).toBe("41");
  });

  it("takes secrets from a Secrets Store", async () => {
    const { answer } = await firstVisit({ secrets: { strategy: "secrets-store", storeId: "5".repeat(32) } });
    expect(answer.status).toBe(302);
  });

  it("adds an enqueue token that the local Queue-it accepts", async () => {
    const queueIt = { ...staging.queueIt, enqueueToken: { key: true } };
    const { location } = await firstVisit({ queueIt });
    const visitor = new Visitor();
    const place = (await visitor.get(location)).headers.get("location") ?? "";
    const page = await visitor.get(new URL(place, location).href).finally(() => visitor.close());
    expect(page.body).toMatch(/enqueue token.*(?:valid|accepted)/is);
  });

  it("shows an environment that is promoted, though the one before it is not deployed here", async () => {
    const all: NamedEnvironment[] = [
      { name: "staging", environment: staging },
      { name: "production", environment: production },
    ];
    const [, named] = all;
    if (named === undefined) throw new Error("There is no production.");
    const spec = specify({ named, all, workerFile: await builtBundle(), readConfiguration: () => "" });
    expect(spec.promotedFrom).toBeDefined();
    preview = await startPreview({ named, spec, port: 0, log: () => undefined });
    const [hostname] = spec.routes.map(({ pattern }) => pattern.split("/", 1)[0]);
    const visitor = new Visitor();
    const answer = await visitor
      .get(preview.localUrl(`https://${hostname}/tickets`))
      .finally(() => visitor.close());
    expect(answer.headers.get("location")).toContain("queue-it.net.localhost");
  });

  it("says why a Worker does not start, and leaves nothing open", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-broken-")), "worker.mjs");
    const source = "throw new Error('out of order');";
    await writeFile(path, source);
    const sha256 = createHash("sha256").update(source).digest("hex");
    await expect(firstVisit({}, { path, sha256, format: "es-module" })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining("out of order") as unknown,
    });
  });

  it("runs a Worker file from elsewhere, with other names for its bindings", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-vendor-")), "vendor.js");
    const source = `addEventListener("fetch", (event) => event.respondWith(answer()));
       async function answer() {
         const held = await CONFIG.get("info");
         return new Response("customer " + CUSTOMER, { status: held === null ? 500 : 299 });
       }`;
    await writeFile(path, source);
    const worker = {
      source: "file",
      path: "unused",
      format: "service-worker",
      names: { IntegrationConfigKV: "CONFIG", QUEUEIT_CUSTOMER_ID: "CUSTOMER" },
    } as const;
    const file = {
      path,
      sha256: createHash("sha256").update(source).digest("hex"),
      format: "service-worker",
    } as const;
    const { answer } = await firstVisit(
      { worker, integrationConfiguration: { owner: "file", path: "any" } },
      file,
    );
    expect(answer).toMatchObject({ status: 299, body: "customer acme" });
  });
});
