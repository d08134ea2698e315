import { refusals } from "./refusals.ts";

/** Cloudflare's limit for a key and for the prefix of a listing, in bytes. */
const LIMIT = 512;

/** @throws CloudflareError 10033 for a key that KV cannot have. */
export function assertKeyAllowed(key: string): void {
  if (key === "") throw refusals.keyNotValid(key, "it is empty");
  if (key === "." || key === "..") throw refusals.keyNotValid(key, "a path segment of that name is lost");
  assertText(key, key);
}

/** @throws CloudflareError 10033 for a prefix that no key can have. */
export function assertPrefixAllowed(prefix: string): void {
  assertText(prefix, prefix);
}

function assertText(text: string, key: string): void {
  const length = Buffer.byteLength(text);
  if (length > LIMIT) throw refusals.keyNotValid(key, `it has ${length} bytes, and the limit is ${LIMIT}`);
  if (!text.isWellFormed()) throw refusals.keyNotValid(key, "it is not UTF-8");
}
