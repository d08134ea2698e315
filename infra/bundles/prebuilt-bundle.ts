import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { LIMITS, readFileUpTo, Unreadable } from "../files/read-up-to.ts";
import { sha256Of } from "../files/sha256.ts";
import type { Bundle } from "./bundle.ts";

/** Where the built Worker is in an installed package, relative to it. */
export const PREBUILT_FOLDER = "dist/package/bundle";

/** What a bundle's hash is written to beside it, as `sha256sum --check` reads it. */
export const HASH_FILE = "worker.mjs.sha256";

/**
 * A bundle that was built earlier.
 *
 * @param folder Of the bundle, its source map and its hash.
 * @throws UserError when it is not what was packed.
 */
export function readPrebuiltBundle(folder: string): Bundle {
  const path = join(folder, "worker.mjs");
  const [code, hashes] = [contentOf(path), contentOf(join(folder, HASH_FILE))];
  const sha256 = sha256Of(code);
  if (hashes.toString("utf8") !== hashLine(sha256)) throw damaged(`${path} was changed after it was packed`);
  return { path, sha256, format: "es-module", bytes: code.byteLength, sourceMapPath: `${path}.map` };
}

/** What the file with a bundle's hash holds. */
export function hashLine(sha256: string): string {
  return `${sha256}  worker.mjs\n`;
}

function contentOf(path: string): Buffer {
  try {
    return readFileUpTo(path, LIMITS.worker);
  } catch (error) {
    if (error instanceof Unreadable) throw damaged(`${path} ${error.message}`);
    throw error;
  }
}

function damaged(what: string): UserError {
  return new UserError(
    "package-damaged",
    `The Worker of the package is not the one that was published: ${what}. Nothing was deployed. Install the package ` +
      "again: npm install --force queueit-cloudflare",
  );
}
