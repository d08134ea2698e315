import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const encoder = new TextEncoder();

/** Signs a text: lower-case hexadecimal HMAC-SHA256 of its UTF-8 bytes. Never throws, whatever the text. */
export type Signer = (text: string) => string;

/**
 * Prepares HMAC-SHA256 for one key. The key is mixed in once; each signature starts from a copy of that state,
 * which halves the work of a short text. Synchronous, because the SDK asks for a synchronous hash.
 */
export function createSigner(secretKey: string): Signer {
  const keyed = hmac.create(sha256, encoder.encode(secretKey));
  return (text) => bytesToHex(keyed.clone().update(encoder.encode(text)).digest());
}

/** Compares two texts in a time that does not depend on where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
