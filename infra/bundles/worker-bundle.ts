import { join } from "node:path";
import { IS_INSTALLED, PACKAGE_ROOT } from "../files/package-root.ts";
import type { Bundle } from "./bundle.ts";
import { PREBUILT_FOLDER, readPrebuiltBundle } from "./prebuilt-bundle.ts";

/**
 * The Worker of this package: in a checkout it is built, in an installed package it is the one that was built
 * when the package was.
 *
 * @param outputDirectory Where a checkout writes it. Default `dist/`.
 * @throws UserError when the installed one is not what was packed.
 */
export async function workerBundle(outputDirectory?: string): Promise<Bundle> {
  if (IS_INSTALLED) return readPrebuiltBundle(join(PACKAGE_ROOT, PREBUILT_FOLDER));
  // The compilers are tools of a checkout: nobody who installed the package has them.
  const { buildBundle } = await import("./build-bundle.ts");
  return buildBundle(outputDirectory);
}
