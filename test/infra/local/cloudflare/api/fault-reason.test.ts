import { expect, it } from "vitest";
import { reasonWithoutSecrets } from "../../../../../infra/local/cloudflare/api/fault-reason.ts";
import { KvOperationError } from "../../../../../infra/local/cloudflare/runtime/runtime-kv.ts";

const SECRET = "not-a-real-secret";

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("It did not fail.");
}

it("says what kind of error it was and where, without the message, which may repeat a value", () => {
  const reason = reasonWithoutSecrets(failureOf(() => JSON.parse(SECRET)));
  expect(reason).toMatch(/^SyntaxError\n {4}at /);
  expect(reason).toContain("fault-reason.test.ts");
  expect(reason).not.toContain(SECRET.slice(0, 5));
});

it("takes no line of a message for a place", () => {
  const reason = reasonWithoutSecrets(new Error(`broken\n    at ${SECRET}`));
  expect(reason).not.toContain(SECRET);
});

it("tells a system's code", () => {
  const error = Object.assign(new Error(SECRET), { code: "EACCES" });
  expect(reasonWithoutSecrets(error)).toMatch(/^Error \(EACCES\)\n/);
});

it("tells all of a KV operation that failed", () => {
  const reason = reasonWithoutSecrets(new KvOperationError("KV PUT failed: 500 Internal Server Error"));
  expect(reason).toBe("KvOperationError: KV PUT failed: 500 Internal Server Error");
});
