import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleStoreOf } from "../../../infra/bundles/bundle-store.ts";
import type { BundleStore } from "../../../infra/bundles/stored-bundles.ts";
import type { DeployedBundle } from "../../../infra/bundles/deployed-bundle.ts";
import { objectBlobs } from "../../../infra/bundles/object-blobs.ts";
import { sha256Of } from "../../../infra/files/sha256.ts";
import type { StateBackend } from "../../../infra/environments/definition/state-backend.ts";
import type { WorkerFile } from "../../../infra/specification/specification.ts";
import { runs } from "../../support/runs.ts";
import { CREDENTIALS, LocalBucket } from "./local-bucket.ts";

const S3 = {
  type: "s3",
  region: "eu-west-1",
  bucket: "states",
  key: "queueit/staging.tfstate",
} as const satisfies StateBackend;

const bucket = new LocalBucket();
beforeAll(() => bucket.start());
afterAll(() => bucket.close());

const newFolder = () => mkdtemp(join(tmpdir(), "test-bundles-"));

async function folderStore() {
  const projectRoot = await newFolder();
  return bundleStoreOf({ type: "local", path: "states/terraform.tfstate" }, { projectRoot, variables: {} });
}

function bucketStore(
  backend: StateBackend = S3,
  environment: Record<string, string> = CREDENTIALS,
): Promise<BundleStore> {
  return bundleStoreOf(backend, {
    projectRoot: "/nowhere",
    variables: { HOME: "/nonexistent", AWS_ENDPOINT_URL_S3: bucket.endpoint, ...environment },
  });
}

async function fileOf(
  bytes: Uint8Array,
  format: WorkerFile["format"] = "es-module",
  name = "worker.mjs",
): Promise<WorkerFile> {
  const path = join(await newFolder(), name);
  await writeFile(path, bytes);
  return { path, sha256: sha256Of(bytes), format };
}

function deployed(sha256: string, deployedAt = "2026-11-24T12:00:00.000Z"): DeployedBundle {
  return { sha256, bytes: 1, deployedAt, digest: "d".repeat(64) };
}

const hashOf = (character: string) => character.repeat(64);

/** Each test has a key of its own. */
let buckets = 0;

describe.each([
  ["a folder", folderStore],
  ["a bucket", () => bucketStore({ ...S3, key: `it's (a) *key*!/${buckets++}/staging.tfstate` })],
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
      { numRuns: runs(5, 20) },
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

  it("come back under the name they had", async () => {
    const store = await open();
    const file = await fileOf(Buffer.from("named"), "es-module", "the vendor's Worker (1).js");
    await store.keep(file);
    expect((await store.take(file.sha256, await newFolder())).path).toMatch(
      /\/the vendor's Worker \(1\)\.js$/,
    );
  });

  it("are not kept from a file that was changed after it was planned", async () => {
    const file = await fileOf(Buffer.from("planned"));
    await writeFile(file.path, "built again");
    await expect((await open()).keep(file)).rejects.toThrow("changed after it was planned");
  });

  it("can be 10 MiB large and no larger", async () => {
    const store = await open();
    const largest = new Uint8Array(10 * 1024 * 1024);
    await store.keep(await fileOf(largest));
    const larger = await fileOf(new Uint8Array(largest.length + 1));
    await expect(store.keep(larger)).rejects.toThrow("larger than the 10 MiB");
  });

  it("have each deploy in their record once, however often it is recorded", async () => {
    const store = await open();
    await store.record("staging", deployed(hashOf("a")));
    await store.record("staging", deployed(hashOf("a")));
    expect(await store.history("staging")).toHaveLength(1);
  });

  it("are never recorded in a way that could not be read again", async () => {
    const store = await open();
    await expect(store.record("staging", deployed(hashOf("a"), "yesterday"))).rejects.toThrow();
    expect(await store.history("staging")).toEqual([]);
  });

  it("lose no record when many deploys end in the same moment", async () => {
    const store = await open();
    const hashes = [..."abcdef01"].map(hashOf);
    await Promise.all(hashes.map((hash) => store.record("staging", deployed(hash))));
    const recorded = (await store.history("staging")).map(({ sha256 }) => sha256);
    expect([...recorded].sort()).toEqual([...hashes].sort());
  });

  it("that were never kept are refused", async () => {
    const store = await open();
    await expect(store.take(hashOf("a"), await newFolder())).rejects.toThrow(`${hashOf("a")} is not stored`);
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
    for (let count = 0; count < 103; count++) {
      await store.record("staging", deployed(hashOf("a"), new Date(count).toISOString()));
    }
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

  it("that somebody changed are fixed when the same bundle is kept again", async () => {
    const store = await folderStore();
    const file = await fileOf(Buffer.from("export default {};"));
    await store.keep(file);
    await writeFile(join(store.place, file.sha256), "export default { evil: true };");
    await store.keep(file);
    const taken = await store.take(file.sha256, await newFolder());
    expect(await readFile(taken.path, "utf8")).toBe("export default {};");
  });

  it.each(["../worker.mjs", "..", "/tmp/worker.mjs", ""])(
    "cannot be named %j by a stranger",
    async (name) => {
      const store = await folderStore();
      const file = await fileOf(Buffer.from("export default {};"));
      await store.keep(file);
      await writeFile(
        join(store.place, `${file.sha256}.json`),
        JSON.stringify({ name, format: "es-module" }),
      );
      await expect(store.take(file.sha256, await newFolder())).rejects.toThrow("is not what was stored");
    },
  );

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
    await (await bucketStore()).keep(file);
    expect([...bucket.objects.keys()]).toContain(`/states/queueit/bundles/${file.sha256}`);
  });

  it("are in the store that AWS_ENDPOINT_URL names, where Terraform keeps the state", async () => {
    const variables = { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: "", AWS_ENDPOINT_URL: bucket.endpoint };
    const file = await fileOf(Buffer.from("in the other store"));
    await (await bucketStore({ ...S3, key: "minio/s.tfstate" }, variables)).keep(file);
    expect([...bucket.objects.keys()]).toContain(`/states/minio/bundles/${file.sha256}`);
  });

  it("need credentials before anything else, and say which", async () => {
    await expect(bucketStore(S3, {})).rejects.toThrow("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  });

  it("that somebody changed are refused, and fixed when they are kept again", async () => {
    const store = await bucketStore({ ...S3, key: "changed/staging.tfstate" });
    const file = await fileOf(Buffer.from("export default {};"));
    await store.keep(file);
    bucket.objects.set(`/states/changed/bundles/${file.sha256}`, Buffer.from("evil"));
    await expect(store.take(file.sha256, await newFolder())).rejects.toThrow("its bytes were changed");
    await store.keep(file);
    expect(await readFile((await store.take(file.sha256, await newFolder())).path, "utf8")).toBe(
      "export default {};",
    );
  });

  it("are not read when they are larger than anything that is kept", async () => {
    bucket.objects.set("/states/large/bundles/history/staging.json", Buffer.alloc(10 * 1024 * 1024 + 1));
    await expect((await bucketStore({ ...S3, key: "large/s.tfstate" })).history("staging")).rejects.toThrow(
      "large/bundles/history/staging.json is larger",
    );
  });

  it("go to another store byte by byte, as a promotion takes them", async () => {
    const [staging, production] = [await bucketStore(), await folderStore()];
    const file = await fileOf(Buffer.from("promoted"));
    await staging.keep(file);
    await production.keep(await staging.take(file.sha256, await newFolder()));
    const taken = await production.take(file.sha256, await newFolder());
    expect(await readFile(taken.path, "utf8")).toBe("promoted");
  });

  it("are never taken for missing because something else is not found", async () => {
    bucket.failures.push(404);
    await expect((await bucketStore()).history("staging")).rejects.toThrow("It answered 404.");
  });

  it("are asked for again after a moment's failure", async () => {
    bucket.failures.push(503, 429, "cut");
    expect(await (await bucketStore({ ...S3, key: "again/staging.tfstate" })).history("staging")).toEqual([]);
  });

  it("are given up in words, without a secret, when nobody answers", async () => {
    const options = { endpoint: bucket.endpoint, bucket: "states", prefix: "away", region: "eu-west-1" };
    const blobs = objectBlobs({ ...options, variables: CREDENTIALS, firstPauseMs: 1 });
    bucket.failures.push(503, 503, 503, 503, 503, "cut");
    const error: unknown = await blobs.read("any").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "bucket-unreachable" });
    expect(String(error)).not.toContain("fake-");
  });

  it("are recorded once when the answer to the first attempt got lost", async () => {
    const store = await bucketStore({ ...S3, key: "lost/staging.tfstate" });
    await store.record("staging", deployed(hashOf("a")));
    // The first is for reading, which it does not touch.
    bucket.failures.push("lost", "lost");
    await store.record("staging", deployed(hashOf("b")));
    expect((await store.history("staging")).map(({ sha256 }) => sha256[0])).toEqual(["b", "a"]);
  });

  it.each([
    ["a wrong key", S3, { ...CREDENTIALS, AWS_SECRET_ACCESS_KEY: "fake-other-key" }, "does not belong to"],
    ["an unknown key", S3, { ...CREDENTIALS, AWS_ACCESS_KEY_ID: "fake-stranger" }, "InvalidAccessKeyId"],
    ["another session", S3, { ...CREDENTIALS, AWS_SESSION_TOKEN: "fake-other" }, "AWS_SESSION_TOKEN"],
    ["a torn token", S3, { ...CREDENTIALS, AWS_SESSION_TOKEN: "fake-\ntoken" }, "Copy it again"],
    [
      "a password in the address",
      S3,
      { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: "http://me:fake-password@localhost" },
      "AWS_ENDPOINT_URL_S3 is not",
    ],
    ["a bucket that is not there", { ...S3, bucket: "none" }, CREDENTIALS, "NoSuchBucket"],
  ] as const)("tell %s, without a secret", async (_what, backend, credentials, words) => {
    const error: unknown = await bucketStore(backend, credentials)
      .then((store) => store.history("staging"))
      .catch((reason: unknown) => reason);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toMatch(/fake-|Signature=/);
  });

  it.each([
    ["AccessDenied", "s3:GetObject"],
    ["ExpiredToken", "Get new temporary credentials"],
    ["RequestTimeTooSkewed", "clock"],
  ])("say what to do about %s", async (code, words) => {
    bucket.failures.push(code);
    await expect((await bucketStore()).history("staging")).rejects.toThrow(words);
  });
});
