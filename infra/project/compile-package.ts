import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type Plugin, build } from "esbuild";
import { PACKAGE_ROOT } from "../files/package-root.ts";

/**
 * The program as JavaScript: each file by itself, since `npm run check:types` looks at the types. Imports of .ts
 * become imports of .js.
 *
 * @param output Absolute folder.
 */
export async function compile(output: string): Promise<void> {
  await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: [...packedSources()],
    outbase: ".",
    outdir: output,
    format: "esm",
    platform: "node",
    target: "node20",
    charset: "utf8",
    bundle: true,
    packages: "external",
    treeShaking: false,
    tsconfigRaw: { compilerOptions: { target: "ES2022", verbatimModuleSyntax: true } },
    plugins: [compiledImports],
    logLevel: "warning",
  });
}

const compiledImports: Plugin = {
  name: "compiled-imports",
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true },
    );
  },
};

/**
 * What nothing compiles: the style sheets, scripts and pictures of pages, and the scenarios that come along.
 *
 * @param output As for compile().
 */
export function copyAssets(output: string): void {
  const files = readdirSync(join(PACKAGE_ROOT, "infra"), { recursive: true, withFileTypes: true });
  const isAsset = /[\\/](?:assets|scenarios)$/;
  for (const file of files.filter((each) => each.isFile() && isAsset.test(each.parentPath))) {
    if (file.name.endsWith(".ts")) continue;
    const from = join(file.parentPath, file.name);
    const to = join(output, relative(PACKAGE_ROOT, from));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}

/** All but what only a checkout has: its app, its environments, and the tools that make this package. */
export function packedSources(): readonly string[] {
  const only =
    /^infra\/(?:main|write-reference|(?:formats|reference|release)\/.*|environments\/(?:staging|production)|project\/(?:write|compile-package|declare-types).*)\.ts$/;
  return ["infra", "worker"]
    .flatMap((folder) =>
      readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) =>
        join(folder, path).replaceAll(sep, "/"),
      ),
    )
    .filter((path) => /(?<!\.d)\.ts$/.test(path) && !only.test(path));
}
