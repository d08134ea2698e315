import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "../encoding/base64-url.ts";
import type { Settings } from "../deployment/settings.ts";

const encoder = new TextEncoder();

export interface EnqueueTokenClaims {
  readonly waitingRoomId: string;
  /** Address of the visitor, or undefined when it is not known. */
  readonly clientIp: string | undefined;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Unique name of the token. */
  readonly identifier: string;
  /** Lets Queue-it accept the token once; undefined for a token without key. */
  readonly key: string | undefined;
}

/**
 * Makes an enqueue token: the signed proof that a visitor comes to the waiting room from the site.
 *
 * The format is that of `@queue-it/queue-token` 1.0.5: header, payload in AES-256-CBC, and hash, each in
 * URL-safe base64. That package would be almost half of the bundle, most of it an AES in JavaScript; the
 * runtime has one. A test compares the tokens with the package's own, byte by byte.
 */
export async function createEnqueueToken(
  claims: EnqueueTokenClaims,
  settings: Pick<Settings, "customerId" | "secretKey">,
  validityMs: number,
): Promise<string> {
  const header = encoder.encode(
    JSON.stringify({
      typ: "QT1",
      enc: "AES256",
      iss: claims.issuedAt,
      exp: claims.issuedAt + validityMs,
      ti: claims.identifier,
      c: settings.customerId,
      e: claims.waitingRoomId,
      ip: claims.clientIp,
    }),
  );
  const payload = encoder.encode(JSON.stringify({ k: claims.key, o: "Connector" }));
  const encrypted = await encrypt(new Uint8Array(payload), settings, claims.identifier);
  const unsigned = `${toBase64Url(header)}.${toBase64Url(encrypted)}`;
  return `${unsigned}.${toBase64Url(sha256(encoder.encode(unsigned + settings.secretKey)))}`;
}

/** Keys by the settings they were made from: making one costs as much as encrypting with it. */
const keys = new WeakMap<object, Awaited<ReturnType<typeof crypto.subtle.importKey>>>();

async function encrypt(
  plain: Uint8Array<ArrayBuffer>,
  settings: Pick<Settings, "secretKey">,
  identifier: string,
): Promise<Uint8Array> {
  let key = keys.get(settings);
  if (key === undefined) {
    const keyBytes = new Uint8Array(sha256(encoder.encode(settings.secretKey)));
    key = await crypto.subtle.importKey("raw", keyBytes, "AES-CBC", false, ["encrypt"]);
    keys.set(settings, key);
  }
  // The format wants MD5. The runtime has it, beyond the standard; in JavaScript it would be code for every
  // cold isolate.
  const iv = await crypto.subtle.digest("MD5", encoder.encode(identifier));
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, plain));
}
