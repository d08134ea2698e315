import { join } from "node:path";
import { IS_INSTALLED, PACKAGE_ROOT } from "../files/package-root.ts";
import type { Bundle } from "./bundle.ts";
import { PREBUILT_FOLDER, readPrebuiltBundle } from "./prebuilt-bundle.ts";

export interface BundleOptions {
  /**
   * Where it is written, if it is built.
   * @default "dist/" of the package
   */
  readonly outputDirectory?: string | undefined;
  /**
   * File of the site's own hooks, relative to the project's root.
   * @default it has none
   */
  readonly hooks?: string | undefined;
}

/**
 * The Worker of this package: in a checkout it is built, in an installed package it is the one that was built
 * when the package was.
 *
 * @param options Where it is written, and the file of the site's own hooks, with which it is always built.
 * @throws UserError when the installed one is not what was packed.
 */
export async function workerBundle({ outputDirectory, hooks }: BundleOptions = {}): Promise<Bundle> {
  if (IS_INSTALLED && hooks === undefined) return readPrebuiltBundle(join(PACKAGE_ROOT, PREBUILT_FOLDER));
  // The compilers are tools of a checkout: nobody who installed the package has them.
  const { buildBundle } = await import("./build-bundle.ts");
  return buildBundle(outputDirectory, hooks);
}
