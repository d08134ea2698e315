import { createHash } from "node:crypto";
import { vi } from "vitest";

/**
 * Gives WebCrypto the MD5 that workerd's has and that of Node.js has not. `vi.restoreAllMocks` takes it away
 * again.
 */
export function addMd5(): void {
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "digest").mockImplementation((algorithm, bytes) =>
    algorithm === "MD5"
      ? Promise.resolve(
          new Uint8Array(
            createHash("md5")
              .update(bytes as Uint8Array)
              .digest(),
          ).buffer,
        )
      : digest(algorithm, bytes),
  );
}
