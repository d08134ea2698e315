import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type Plugin, build } from "esbuild";
import ts from "typescript";
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
    entryPoints: [...sources()],
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

/** All but what only a checkout has: its app, its environments, and the tools that make this package. */
function sources(): readonly string[] {
  const only =
    /^infra\/(?:main|write-reference|(?:formats|reference|release)\/.*|environments\/(?:staging|production)|project\/(?:write|compile-package).*)\.ts$/;
  return ["infra", "worker"]
    .flatMap((folder) => ts.sys.readDirectory(join(PACKAGE_ROOT, folder), [".ts"]))
    .map((path) => relative(PACKAGE_ROOT, path).replaceAll(sep, "/"))
    .filter((path) => !path.endsWith(".d.ts") && !only.test(path));
}

/** The types of what can be imported, and of what these name. @param output As in tsconfig.package.json. */
export function declareTypes(output: string): void {
  const { compilerOptions, fileNames } = readSettings("tsconfig.package.json");
  const program = ts.createProgram(fileNames, compilerOptions);
  const packed = new Set(sources());
  program.emit(
    undefined,
    (path, text) => {
      const source = relative(output, path).replaceAll(sep, "/").replace(".d.ts", ".ts");
      if (!packed.has(source)) return;
      // The compiler leaves .ts in declarations, where some who read them look for .ts and nothing else.
      const named = text.replaceAll(/((?:from |import\()"\.{1,2}\/[^"]+)\.ts"/g, '$1.js"');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, named);
    },
    undefined,
    true,
  );
}

function readSettings(name: string) {
  const { config, error } = ts.readConfigFile(join(PACKAGE_ROOT, name), (path) =>
    readFileSync(path, "utf8"),
  ) as {
    readonly config: unknown;
    readonly error?: ts.Diagnostic;
  };
  if (error !== undefined) throw new Error(`${name} cannot be read.`);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE_ROOT);
  return { compilerOptions: options, fileNames };
}
