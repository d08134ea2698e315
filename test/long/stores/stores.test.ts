import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleStoreOf, requireStateLock } from "../../../infra/bundles/bundle-store.ts";
import { sha256Of } from "../../../infra/files/sha256.ts";
import { newFolder } from "../../support/new-folder.ts";
import { Between, type Fault } from "./between.ts";
import { KEYS, VersityGateway, hasGo } from "./versity-gateway.ts";

const REGION = "eu-west-1";
const VARIABLES = {
  HOME: "/nonexistent",
  AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
};

let count = 0;
const hash = (character: string) => character.repeat(64);
const deployed = (sha256: string) => ({
  sha256,
  bytes: 1,
  deployedAt: "2026-11-24T12:00:00.000Z",
  digest: "d".repeat(64),
});

describe.skipIf(!hasGo)("a real object store", () => {
  let store: VersityGateway;
  let between: Between;
  beforeAll(async () => {
    if (!hasGo) return;
    store = await VersityGateway.start(REGION);
    between = new Between(store.endpoint, REGION);
    await between.start();
  }, 600_000);
  afterAll(async () => {
    await between.stop();
    await store.stop();
  });
  beforeEach(() => {
    between.fault = () => undefined;
    between.dropsConditions = false;
    between.requests.length = 0;
  });

  /** Each test has a key of its own. */
  const backend = (changed: object = {}) =>
    ({ type: "s3", region: REGION, bucket: "states", key: `${count++}/s.tfstate`, ...changed }) as const;
  const variables = (changed: Record<string, string> = {}) => ({
    ...VARIABLES,
    AWS_ENDPOINT_URL_S3: between.endpoint,
    ...changed,
  });
  const open = (at = backend(), changed: Record<string, string> = {}) =>
    bundleStoreOf(at, { projectRoot: "/nowhere", variables: variables(changed) });
  const once = (fault: Fault, isIt: (method: string) => boolean = () => true) => {
    let isLeft = true;
    between.fault = ({ method }) => {
      if (!isLeft || !isIt(method)) return undefined;
      isLeft = false;
      return fault;
    };
  };
  const errorOf = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.unreachable("nothing was refused"),
      (error: unknown) => String(error),
    );

  async function fileOf(text: string) {
    const path = join(await newFolder(), "worker.mjs");
    await writeFile(path, text);
    return { path, sha256: sha256Of(Buffer.from(text)), format: "es-module" } as const;
  }

  it("keeps bundles, and gives them back", async () => {
    const bundles = await open();
    const file = await fileOf("export default {};");
    await bundles.keep(file);
    await bundles.keep(file);
    expect((await bundles.take(file.sha256, await newFolder())).sha256).toBe(file.sha256);
  });

  it("loses no record of deploys that end at once", async () => {
    const bundles = await open();
    const hashes = [..."abcdef"].map(hash);
    await Promise.all(hashes.map((each) => bundles.record("staging", deployed(each))));
    expect((await bundles.history("staging")).map(({ sha256 }) => sha256).sort()).toEqual(hashes);
  });

  it("locks: its lock is trusted, with two requests from the second time on", async () => {
    const at = backend();
    expect(await requireStateLock(at, { variables: variables() })).toBe(true);
    between.requests.length = 0;
    expect(await requireStateLock(at, { variables: variables() })).toBe(true);
    expect(between.requests).toHaveLength(2);
  });

  it("that takes no notice of conditions is not trusted, however often it is asked", async () => {
    between.dropsConditions = true;
    const at = backend();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await errorOf(requireStateLock(at, { variables: variables() }))).toMatch(
        /overwrites an object although the request forbids it/,
      );
    }
  });

  it.each<[string, Fault]>([
    ["503 SlowDown", { kind: "answer", status: 503, code: "SlowDown" }],
    ["500 InternalError", { kind: "answer", status: 500, code: "InternalError" }],
    ["429 TooManyRequests", { kind: "answer", status: 429, code: "TooManyRequests" }],
    ["a slow answer", { kind: "slow", ms: 300 }],
    ["an answer that ends in its middle", { kind: "cut" }],
    ["an answer that gets lost", { kind: "lost" }],
  ])("is asked again after %s, while it reads and while it writes", async (_what, fault) => {
    for (const method of ["GET", "PUT"]) {
      const bundles = await open();
      await bundles.record("staging", deployed(hash("a")));
      once(fault, (each) => each === method);
      await bundles.record("staging", deployed(hash("b")));
      expect((await bundles.history("staging")).map(({ sha256 }) => sha256[0])).toEqual(["b", "a"]);
    }
  });

  it("whose answer is truncated never has its record written over", async () => {
    const bundles = await open();
    await bundles.record("staging", deployed(hash("a")));
    once({ kind: "truncated" }, (method) => method === "GET");
    expect(await errorOf(bundles.record("staging", deployed(hash("b"))))).toContain("history/staging.json");
    expect((await bundles.history("staging")).map(({ sha256 }) => sha256[0])).toEqual(["a"]);
  });

  it("whose answer is truncated gives no bundle", async () => {
    const bundles = await open();
    const file = await fileOf("export default { truncated: true };");
    await bundles.keep(file);
    once({ kind: "truncated" });
    expect(await errorOf(bundles.take(file.sha256, await newFolder()))).toContain("is not what was stored");
  });

  it.each<[string, object, Record<string, string>, RegExp]>([
    [
      "another region",
      { region: "us-east-1" },
      {},
      /It is in eu-west-1, not in us-east-1: correct backend\.region/,
    ],
    [
      "a wrong secret",
      {},
      { AWS_SECRET_ACCESS_KEY: "fake-other" },
      /AWS_SECRET_ACCESS_KEY does not belong to/,
    ],
    ["an unknown key", {}, { AWS_ACCESS_KEY_ID: "fake-stranger" }, /that the credentials .* belong to it/],
    ["no such bucket", { bucket: "elsewhere" }, {}, /There is no bucket of this name/],
  ])("tells %s in words, before Terraform is asked", async (_what, changedBackend, changed, words) => {
    const error = await errorOf(requireStateLock(backend(changedBackend), { variables: variables(changed) }));
    expect(error).toMatch(words);
    expect(error).not.toMatch(/fake-|Signature=/);
  });

  it("that may only be read is told in words", async () => {
    const readOnly = await VersityGateway.start(REGION, "--readonly");
    const error = await errorOf(
      requireStateLock(backend(), { variables: variables({ AWS_ENDPOINT_URL_S3: readOnly.endpoint }) }),
    );
    await readOnly.stop();
    expect(error).toMatch(/may not be written.*permission to write its objects/s);
  });

  it.each<[string, Fault, RegExp]>([
    [
      "a redirect to another region",
      {
        kind: "answer",
        status: 301,
        code: "PermanentRedirect",
        headers: { "x-amz-bucket-region": "eu-north-1", location: "http://127.0.0.1:9/" },
      },
      /It is in eu-north-1/,
    ],
    [
      "a redirect of a bucket that was made a moment ago",
      {
        kind: "answer",
        status: 307,
        code: "TemporaryRedirect",
        headers: { location: "http://127.0.0.1:9/" },
      },
      /Wait some minutes/,
    ],
    ["a clock that is wrong", { kind: "answer", status: 403, code: "RequestTimeTooSkewed" }, /clock/],
    [
      "that it cannot",
      { kind: "answer", status: 501, code: "NotImplemented" },
      /does not support conditional/,
    ],
  ])("tells %s in words", async (_what, fault, words) => {
    between.fault = () => fault;
    expect(await errorOf(requireStateLock(backend(), { variables: variables() }))).toMatch(words);
  });
});
