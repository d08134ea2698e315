import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeHex } from "./hex.ts";

const encoder = new TextEncoder();

/** Signs a text: lower-case hexadecimal HMAC-SHA256 of its UTF-8 bytes. Never throws, whatever the text. */
export type Signer = (text: string) => string;

/** Texts up to this many characters are encoded in place; at three bytes each they fit. */
const IN_PLACE_CHARACTERS = 512;

/**
 * Prepares HMAC-SHA256 for one key. The key is mixed in once; each signature starts from a copy of that
 * state, which halves the work of a short text. The copy and its buffers are used again, because typed arrays
 * cost more than the hash. Synchronous, because the SDK asks for a synchronous hash: no two signatures are
 * under way at once.
 */
function prepareSigner(secretKey: string): Signer {
  const keyed = hmac.create(sha256, encoder.encode(secretKey));
  const state = keyed.clone();
  const bytes = new Uint8Array(IN_PLACE_CHARACTERS * 3);
  const signature = new Uint8Array(keyed.outputLen);
  return (text) => {
    keyed._cloneInto(state);
    state.update(
      text.length > IN_PLACE_CHARACTERS
        ? encoder.encode(text)
        : bytes.subarray(0, encoder.encodeInto(text, bytes).written),
    );
    state.digestInto(signature);
    return bytesToHex(signature);
  };
}

/**
 * Signs with one key, which is prepared for the first signature: code that runs for the first time takes
 * milliseconds, and a cold isolate does not owe them to a page that nothing protects.
 */
export function createSigner(secretKey: string): Signer {
  let sign: Signer | undefined;
  return (text) => (sign ??= prepareSigner(secretKey))(text);
}

/**
 * Whether bytes are signed with a key. By the runtime's own hash, for texts of megabytes.
 * @param signature In hexadecimal; what is not is no signature.
 */
export async function isSignedBy(
  secretKey: string,
  bytes: Uint8Array<ArrayBuffer>,
  signature: Uint8Array,
): Promise<boolean> {
  const expected = decodeHex(signature);
  if (expected === undefined) return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secretKey), algorithm, false, ["verify"]);
  return crypto.subtle.verify("HMAC", key, expected, bytes);
}

/** Compares two texts in a time that does not depend on where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
