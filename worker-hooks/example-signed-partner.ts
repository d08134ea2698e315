import { defineHooks, type HookRequest } from "../worker/hooks/define-hooks.ts";

/**
 * The partner's public key: Ed25519, 32 bytes in base64. It is not a secret; the partner keeps the other half. Of this
 * one, nobody has it: replace it.
 */
const PUBLIC_KEY = "4a+pr8rFqWGkPqtIdINvJn8Xpff2tWySWN8pkk7hfRI=";

/** Milliseconds that a signature is good for, before and after the moment that it names. */
const VALIDITY_MS = 60_000;

/** The runtime throws for one of another length. */
const SIGNATURE_BYTES = 64;

/**
 * Lets a partner's requests through that are signed: `x-partner-signature: <ms since 1970>.<signature, base64>`, over
 * the method, the address and that number, a line each.
 */
export default defineHooks({
  async beforeMatching(request) {
    return (await isSigned(request)) ? { leaveAlone: true, facts: ["signed-partner"] } : undefined;
  },
});

async function isSigned({ method, url, headers }: HookRequest): Promise<boolean> {
  const [issuedAt = "", signature = ""] = (headers.get("x-partner-signature") ?? "").split(".", 2);
  if (!(Math.abs(Date.now() - Number(issuedAt)) <= VALIDITY_MS)) return false;
  const bytes = bytesOf(signature);
  if (bytes?.length !== SIGNATURE_BYTES) return false;
  const signed = new TextEncoder().encode([method, url, issuedAt].join("\n"));
  key ??= await crypto.subtle.importKey("raw", bytesOf(PUBLIC_KEY) ?? new Uint8Array(), "Ed25519", false, [
    "verify",
  ]);
  return crypto.subtle.verify("Ed25519", key, bytes, signed);
}

/** Read once in each isolate. */
let key: CryptoKey | undefined;

/** Undefined for what is not base64: that is the visitor's doing, and no fault. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]{1,200}={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
