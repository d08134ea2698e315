import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { makeFolder } from "../files/make-folder.ts";
import type { Bundle } from "./bundle.ts";
import { IS_INSTALLED, PACKAGE_ROOT } from "../files/package-root.ts";
import { sha256Of } from "../files/sha256.ts";
import { withHooks } from "./hook-imports.ts";
import { readHooks } from "./read-hooks.ts";
import { withShortHelpers } from "./short-helpers.ts";

/**
 * Builds `worker/` into one minified ES module. The same sources and lockfile give the same bytes on every
 * machine: nothing in the output depends on the folder, the time or the operating system.
 *
 * @param outputDirectory Where `worker.mjs` and its source map are written. Default `dist/`.
 * @param hooksPath File of the site's own hooks, relative to the project's root. Default: it has none.
 * @throws UserError when hooks cannot be bundled, and esbuild's `BuildFailure` when another source file does not
 *   compile.
 */
export async function buildBundle(
  outputDirectory = join(PACKAGE_ROOT, "dist"),
  hooksPath?: string,
): Promise<Bundle> {
  const hooks = hooksPath === undefined ? undefined : await readHooks(hooksPath);
  const path = join(outputDirectory, "worker.mjs");
  const result = await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: ["worker/index.ts"],
    outfile: path,
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    sourcemap: "external",
    legalComments: "none",
    // A single other character would make the engine keep and read all of the code as UTF-16.
    charset: "ascii",
    plugins: [
      withoutSecondMatching,
      withShortHelpers,
      ...(hooks === undefined ? [] : [withHooks(hooks.path)]),
    ],
    logLevel: "silent",
    tsconfigRaw: { compilerOptions: { target: "ES2022" } },
  });
  const sourceMapPath = `${path}.map`;
  const [once, itsMap] = [
    contentsOf(result.outputFiles, path),
    contentsOf(result.outputFiles, sourceMapPath),
  ];
  const { code, map } = await minifiedAgain(once, itsMap);
  await makeFolder(outputDirectory);
  await Promise.all([replaceFile(path, code), replaceFile(sourceMapPath, map)]);
  const sha256 = sha256Of(code);
  return { path, sha256, format: "es-module", bytes: code.byteLength, sourceMapPath, hooks };
}

/**
 * What esbuild gives, minified once more: of the SDK, which is compiled to ES5, esbuild leaves more than it has
 * to. Without this the bundle would be a twentieth larger.
 */
async function minifiedAgain(code: string, map: string): Promise<{ code: Buffer; map: Buffer }> {
  // A tool of the checkout. Who installed the package builds hooks only, into a bundle that is a little larger.
  if (IS_INSTALLED) return { code: Buffer.from(code), map: Buffer.from(map) };
  const { transform } = await import("@swc/core");
  const result = await transform(code, {
    configFile: false,
    swcrc: false,
    isModule: true,
    inputSourceMap: map,
    sourceMaps: true,
    minify: true,
    jsc: {
      target: "es2022",
      minify: { module: true, compress: true, mangle: true, format: { asciiOnly: true, comments: false } },
    },
  });
  return { code: Buffer.from(result.code), map: Buffer.from(result.map ?? "") };
}

/**
 * The Worker gives the SDK a configuration of the one action that it has matched; the SDK's own evaluation of
 * triggers would be a fifteenth of the code that each cold isolate reads.
 */
const withoutSecondMatching: Plugin = {
  name: "without-second-matching",
  setup: (build) => {
    build.onResolve({ filter: /\/integrationConfigHelpers$/ }, () => ({
      path: join(PACKAGE_ROOT, "worker/matching/matched-before.ts"),
    }));
  },
};

/**
 * At once: another process may be reading the bundle of an earlier build, of the same bytes, at this moment.
 */
async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const next = `${path}.${randomUUID()}.new`;
  try {
    await writeFile(next, content, { flag: "wx" });
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

function contentsOf(files: readonly { path: string; text: string }[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`esbuild did not write ${path}.`);
  return file.text;
}
