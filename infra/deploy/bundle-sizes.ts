import { stat } from "node:fs/promises";
import type { BundleStore } from "../bundles/stored-bundles.ts";
import type { Target } from "../specification/target.ts";

/**
 * Sizes of the bundles that an environment ran, and of the one to deploy.
 *
 * @param openStore Where the bundles are kept. A report without it is still a report.
 */
export async function bundleSizes(
  { spec }: Target,
  openStore: () => Promise<BundleStore>,
): Promise<(sha256: string) => number | undefined> {
  const { file } = spec.worker;
  const history = await openStore()
    .then((store) => store.history(spec.environment))
    .catch(() => []);
  const sizes = new Map(history.map(({ sha256, bytes }) => [sha256, bytes]));
  sizes.set(file.sha256, (await stat(file.path)).size);
  return (sha256) => sizes.get(sha256);
}
