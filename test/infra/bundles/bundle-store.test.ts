import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BundleStore, bundleStoreOf } from "../../../infra/bundles/bundle-store.ts";
import type { DeployedBundle } from "../../../infra/bundles/deployed-bundle.ts";
import { sha256Of } from "../../../infra/bundles/sha256.ts";
import type { StateBackend, WorkerFile } from "../../../infra/connector/specification.ts";
import { CREDENTIALS, LocalBucket } from "./local-bucket.ts";

const R2: StateBackend = {
  type: "r2",
  accountId: "0123456789abcdef0123456789abcdef",
  bucket: "states",
  key: "queueit/staging.tfstate",
};

const bucket = new LocalBucket();
beforeAll(() => bucket.start());
afterAll(() => bucket.close());

const newFolder = () => mkdtemp(join(tmpdir(), "queueit-bundles-"));

async function folderStore() {
  const projectRoot = await newFolder();
  return bundleStoreOf({ type: "local", path: "states/terraform.tfstate" }, { projectRoot, environment: {} });
}

function bucketStore(
  backend: StateBackend = R2,
  environment: Record<string, string> = CREDENTIALS,
): BundleStore {
  return bundleStoreOf(backend, {
    projectRoot: "/nowhere",
    environment: { AWS_ENDPOINT_URL_S3: bucket.endpoint, ...environment },
  });
}

async function fileOf(bytes: Uint8Array, format: WorkerFile["format"] = "es-module"): Promise<WorkerFile> {
  const path = join(await newFolder(), "worker.mjs");
  await writeFile(path, bytes);
  return { path, sha256: sha256Of(bytes), format };
}

function deployed(sha256: string, deployedAt = "2026-11-24T12:00:00.000Z"): DeployedBundle {
  return { sha256, bytes: 1, deployedAt, digest: "d".repeat(64) };
}

const hashOf = (character: string) => character.repeat(64);

describe.each([
  ["a folder", folderStore],
  ["a bucket", () => Promise.resolve(bucketStore({ ...R2, key: `${Math.random()}/staging.tfstate` }))],
])("bundles in %s", (_what, open) => {
  it("come back byte by byte, whatever they are", async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const file = await fileOf(bytes);
        await store.keep(file);
        const taken = await store.take(file.sha256, await newFolder());
        expect(new Uint8Array(await readFile(taken.path))).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });

  it("come back in the form they have to be uploaded in, kept once or twice", async () => {
    const store = await open();
    const file = await fileOf(Buffer.from("addEventListener('fetch', () => {});"), "service-worker");
    await store.keep(file);
    await store.keep(file);
    const taken = await store.take(file.sha256, await newFolder());
    expect(taken).toMatchObject({ sha256: file.sha256, format: "service-worker" });
    expect(taken.path).toMatch(/worker\.mjs$/);
  });

  it("that were never kept are refused", async () => {
    const store = await open();
    await expect(store.take(hashOf("a"), await newFolder())).rejects.toThrow(`${hashOf("a")} is not kept`);
  });

  it("are recorded for each environment, the newest first", async () => {
    const store = await open();
    expect(await store.history("staging")).toEqual([]);
    await store.record("staging", deployed(hashOf("a")));
    await store.record("staging", deployed(hashOf("b")));
    await store.record("production", deployed(hashOf("c")));
    expect((await store.history("staging")).map(({ sha256 }) => sha256[0])).toEqual(["b", "a"]);
    expect((await store.history("production")).map(({ sha256 }) => sha256[0])).toEqual(["c"]);
  });

  it("are remembered a hundred deploys long", async () => {
    const store = await open();
    for (let count = 0; count < 103; count++) await store.record("staging", deployed(hashOf("a")));
    expect(await store.history("staging")).toHaveLength(100);
  });
});

describe("bundles in a folder", () => {
  it("are beside the state's file", async () => {
    expect((await folderStore()).place).toMatch(/\/states\/bundles$/);
  });

  it("that somebody changed are refused", async () => {
    const store = await folderStore();
    const file = await fileOf(Buffer.from("export default {};"));
    await store.keep(file);
    await writeFile(join(store.place, file.sha256), "export default { evil: true };");
    await expect(store.take(file.sha256, await newFolder())).rejects.toThrow("its bytes were changed");
  });

  it("keep a broken record as it is", async () => {
    const store = await folderStore();
    await store.record("staging", deployed(hashOf("a")));
    const path = join(store.place, "history/staging.json");
    await writeFile(path, "[{");
    await expect(store.record("staging", deployed(hashOf("b")))).rejects.toThrow("history/staging.json");
    expect(await readFile(path, "utf8")).toBe("[{");
  });
});

describe("bundles in a bucket", () => {
  it("are beside the state's object", async () => {
    const file = await fileOf(Buffer.from("beside"));
    await bucketStore().keep(file);
    expect([...bucket.objects.keys()]).toContain(`/states/queueit/bundles/${file.sha256}`);
  });

  it("need credentials before anything else, and say which", () => {
    expect(() => bucketStore(R2, {})).toThrow("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  });

  it("lose no record when two deploys end in the same moment", async () => {
    const backend = { ...R2, key: "race/staging.tfstate" };
    const [one, other] = [bucketStore(backend), bucketStore(backend)];
    await one.record("staging", deployed(hashOf("a")));
    await Promise.all([
      one.record("staging", deployed(hashOf("b"))),
      other.record("staging", deployed(hashOf("c"))),
    ]);
    const recorded = (await one.history("staging")).map(({ sha256 }) => sha256[0]);
    expect([...recorded].sort()).toEqual(["a", "b", "c"]);
  });

  it("are asked for again after a moment's failure", async () => {
    bucket.failures.push(503, 429);
    expect(await bucketStore({ ...R2, key: "again/staging.tfstate" }).history("staging")).toEqual([]);
  });

  it.each([
    ["a wrong key", R2, { ...CREDENTIALS, AWS_SECRET_ACCESS_KEY: "fake-other-key" }, "permission to read"],
    ["a bucket that is not there", { ...R2, bucket: "none" }, CREDENTIALS, "NoSuchBucket"],
  ] as const)("tell %s, without a secret", async (_what, backend, credentials, words) => {
    const error: unknown = await bucketStore(backend, credentials)
      .history("staging")
      .catch((reason: unknown) => reason);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toMatch(/fake-|Signature=/);
  });
});
