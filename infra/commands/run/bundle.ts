import { BUNDLE_LIMIT_BYTES } from "../../bundles/bundle.ts";
import { BUNDLE } from "../../bundles/bundle-format.ts";
import { inFormat } from "../../json/format.ts";
import { workerBundle } from "../../bundles/worker-bundle.ts";

export interface BundleCommandOptions {
  readonly json?: true;
}

/** Builds the Worker and prints what came out. */
export async function runBundle({ json }: BundleCommandOptions): Promise<void> {
  const { path, sha256, bytes } = await workerBundle();
  const text = json
    ? JSON.stringify(inFormat(BUNDLE, { path, sha256, bytes }))
    : `${path}\n${(bytes / 1024).toFixed(1)} KiB of ${BUNDLE_LIMIT_BYTES / 1024} KiB, sha256 ${sha256}`;
  process.stdout.write(`${text}\n`);
}
