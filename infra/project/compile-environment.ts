import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildFailure, type Loader, type Plugin, build, transform } from "esbuild";
import { IS_INSTALLED, PACKAGE_ROOT } from "../files/package-root.ts";
import { DEFINITION_MODULE } from "./definition-module.ts";

/**
 * The file of an environment, with all that it imports, as one piece of JavaScript. It is compiled anew each
 * time and kept nowhere: what lies in a folder may be somebody else's.
 *
 * @param path Absolute.
 * @throws Error whose message says what does not compile, and where.
 */
export async function compiledEnvironment(path: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      absWorkingDir: dirname(path),
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      // Letters of all languages stay what they are, wherever the text goes.
      charset: "ascii",
      // What a package in CommonJS needs.
      banner: {
        js: `import{createRequire}from"node:module";const require=createRequire(${JSON.stringify(pathToFileURL(path).href)});`,
      },
      tsconfigRaw: {},
      plugins: [definition, ownPlace],
      logLevel: "silent",
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    throw new Error(firstProblem(error, dirname(path)), { cause: error });
  }
}

/** The definition of an environment is that of the command that runs, wherever else the package is installed. */
const definition: Plugin = {
  name: "definition",
  setup: (build) => {
    const extension = IS_INSTALLED
      ? "dist/package/infra/environments/environment.js"
      : "infra/environments/environment.ts";
    build.onResolve({ filter: /^queueit-cloudflare(?:\/environment)?$/ }, () => ({
      path: join(PACKAGE_ROOT, extension),
    }));
  },
};

const LOADERS: Readonly<Record<string, Loader>> = { ".ts": "ts", ".mts": "ts", ".cts": "ts" };

/** `import.meta` of a file, or `__dirname` of a CommonJS one, says where that file is, not where the compiled text is. */
const ownPlace: Plugin = {
  name: "own-place",
  setup: (build) => {
    build.onLoad({ filter: /\.[cm]?[tj]s$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!/import\.meta|__(?:dir|file)name/.test(text)) return undefined;
      const { code } = await transform(text, {
        loader: LOADERS[extname(path)] ?? "js",
        sourcefile: path,
        target: "node20",
        tsconfigRaw: {},
        define: {
          "import.meta.url": JSON.stringify(pathToFileURL(path).href),
          "import.meta.dirname": JSON.stringify(dirname(path)),
          "import.meta.filename": JSON.stringify(path),
          __dirname: JSON.stringify(dirname(path)),
          __filename: JSON.stringify(path),
        },
      });
      return { contents: code, loader: "js" };
    });
  },
};

function firstProblem(error: unknown, folder: string): string {
  const [first] = isBuildFailure(error) ? error.errors : [];
  if (first === undefined) return error instanceof Error ? error.message : String(error);
  const { text, location } = first;
  if (location === null) return text;
  const file = relative(folder, resolve(folder, location.file));
  return `${file}:${location.line}:${location.column + 1}: ${text}${hint(text, folder)}`;
}

/** Environments of a checkout find the definition beside them. */
function hint(text: string, folder: string): string {
  if (!text.includes('"./environment.ts"') || existsSync(join(folder, "environment.ts"))) return "";
  return `. In a project with the installed package, import it from "${DEFINITION_MODULE}"`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}
