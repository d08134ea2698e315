import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { requireStateLock } from "../../../infra/bundles/bundle-store.ts";
import type { StateBackend } from "../../../infra/environments/definition/state-backend.ts";
import { CREDENTIALS, LocalBucket } from "./local-bucket.ts";

const bucket = new LocalBucket();
beforeAll(() => bucket.start());
afterAll(() => bucket.close());
beforeEach(() => {
  bucket.objects.clear();
  bucket.unknown.clear();
});

const S3 = {
  type: "s3",
  region: "eu-west-1",
  bucket: "states",
  key: "q/s.tfstate",
} as const satisfies StateBackend;
const PROBE = "/states/q/bundles/conditional-writes.json";

function tried(backend: StateBackend = S3, credentials: Record<string, string> = CREDENTIALS) {
  const variables = { HOME: "/nonexistent", AWS_ENDPOINT_URL_S3: bucket.endpoint, ...credentials };
  return requireStateLock(backend, { variables });
}

describe("the lock of a state in a bucket", () => {
  it("is trusted where the bucket refuses what it has to, the first time and later", async () => {
    expect(await tried()).toBe(true);
    expect([...bucket.objects.keys()]).toEqual([PROBE]);
    expect(await tried()).toBe(true);
  });

  it.each([
    ["if-none-match", "If-None-Match: *"],
    ["if-match", "If-Match with an ETag that no object has"],
  ])("is not trusted where the store does not know %s, the first time and later", async (header, words) => {
    bucket.unknown.add(header);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error: unknown = await tried().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "bucket-without-locks" });
      expect(String(error)).toContain(words);
      expect(String(error)).toMatch(/two deploys at once.*Keep the state in R2/s);
    }
  });

  it("is trusted where the answer to the first attempt got lost", async () => {
    bucket.failures.push("lost");
    expect(await tried()).toBe(true);
  });

  it("is not trusted where the store says that it cannot", async () => {
    bucket.failures.push(501);
    await expect(tried()).rejects.toThrow("does not support conditional writes");
  });

  it("needs the right to write, which is said in words", async () => {
    bucket.failures.push("AccessDenied");
    await expect(tried()).rejects.toThrow("permission to write its objects");
  });

  it("is of no concern beside a local state, and unknown where a profile has the credentials", async () => {
    expect(await tried({ type: "local", path: "s.tfstate" })).toBe(true);
    expect(await tried(S3, { AWS_PROFILE: "shop" })).toBe(false);
    expect(bucket.objects.size).toBe(0);
  });
});

describe("a bucket in another region", () => {
  it("is told by the region in the body of the answer, too", async () => {
    bucket.failures.push("<Region>eu-north-1</Region>");
    await expect(tried()).rejects.toThrow("It is in eu-north-1, not in eu-west-1: correct backend.region.");
  });
});
