import type { WorkerFile } from "../specification/specification.ts";

/** Largest bundle that may ship, minified. The SDK and its enqueue tokens alone take 108 KiB. */
export const BUNDLE_LIMIT_BYTES = 128 * 1024;

export interface Bundle extends WorkerFile {
  readonly format: "es-module";
  readonly bytes: number;
  /** Absolute path of the source map. It stays on this machine: it is never uploaded. */
  readonly sourceMapPath: string;
}
