import { runInNewContext } from "node:vm";
import { build, type BuildFailure, type BuildResult, type Message } from "esbuild";
import { HOOK_NAMES, type HookName } from "../../worker/hooks/hook-names.ts";
import { projectRoot } from "../files/project-root.ts";
import { sha256Of } from "../files/sha256.ts";
import type { BundledHooks } from "../specification/specification.ts";
import { nearest } from "../text/nearest.ts";
import { foreignInput, importsAnything, withoutRuntimeModules } from "./hook-imports.ts";
import { whileLoading } from "./while-loading.ts";
import { HooksUnusable } from "./hooks-unusable.ts";

/** Largest code of hooks, minified and with all that it imports: each new isolate reads it. */
export const HOOKS_LIMIT_BYTES = 64 * 1024;

/** Milliseconds in which a file of hooks has to be loaded; what it defines is not called. */
const LOADING_LIMIT_MS = 2000;

/**
 * Reads a file of hooks: compiles it with all that it imports, and loads it once to see what it defines.
 *
 * @param path Relative to the project's root.
 * @param root Default: the project's.
 * @throws UserError that says what is wrong with it.
 */
export async function readHooks(path: string, root = projectRoot()): Promise<BundledHooks> {
  const { code, inputs } = await compiled(path, root);
  for (const input of inputs) {
    const why = foreignInput(input);
    if (why !== undefined)
      throw new HooksUnusable(
        path,
        `cannot be bundled: ${input} ${why}`,
        "move what it needs into a file of your own, or a package",
      );
  }
  if (await importsAnything(code)) {
    throw new HooksUnusable(
      path,
      "imports a module whose name is only known when it runs",
      "write the name out: the bundle has to hold everything that runs",
    );
  }
  const bytes = Buffer.byteLength(code);
  if (bytes > HOOKS_LIMIT_BYTES) {
    throw new HooksUnusable(
      path,
      `makes the bundle too large: minified and with all that it imports, it has ${Math.ceil(bytes / 1024)} KiB, and ${HOOKS_LIMIT_BYTES / 1024} KiB is the most`,
      "import less: each new isolate reads all of it before its first visitor is answered",
    );
  }
  return { path, sha256: sha256Of(Buffer.from(code)), names: namesIn(code, path) };
}

interface Compiled {
  readonly code: string;
  readonly inputs: readonly string[];
}

/** The same file gives the same code on every machine: no folder is named in it. */
async function compiled(path: string, root: string): Promise<Compiled> {
  let result: BuildResult<{ write: false; metafile: true }>;
  try {
    result = await build({
      absWorkingDir: root,
      entryPoints: [`./${path.replaceAll("\\", "/")}`],
      outfile: "hooks.js",
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      format: "iife",
      globalName: GLOBAL,
      target: "es2022",
      platform: "browser",
      mainFields: ["module", "main"],
      conditions: ["workerd", "worker", "browser"],
      legalComments: "none",
      charset: "ascii",
      plugins: [withoutRuntimeModules],
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: { target: "ES2022" } },
    });
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (errors === undefined) throw error;
    throw new HooksUnusable(path, `does not compile: ${errors.map(wordsOf).join("; ")}`, "fix that");
  }
  return {
    code: result.outputFiles.map(({ text }) => text).join(""),
    inputs: Object.keys(result.metafile.inputs),
  };
}

const GLOBAL = "hooks";

/** esbuild counts columns from 0, editors from 1. */
function wordsOf({ text, location }: Message): string {
  const said = text.replace(/\.$/, "");
  return location === null ? said : `${said} (${location.file}:${location.line}:${location.column + 1})`;
}

/** @throws UserError where the default export is not an object of hooks. */
function namesIn(code: string, path: string): readonly HookName[] {
  const defined = Object.entries(defaultExport(code, path));
  const known: readonly string[] = HOOK_NAMES;
  for (const [name, value] of defined) {
    if (!known.includes(name)) {
      const guess = nearest(name, HOOK_NAMES);
      throw new HooksUnusable(
        path,
        `defines ${JSON.stringify(name)}, which is not a hook`,
        guess === undefined ? `there are ${HOOK_NAMES.join(", ")}` : `write ${guess}`,
      );
    }
    if (typeof value !== "function") {
      throw new HooksUnusable(
        path,
        `defines ${name} as something that is not a function`,
        "make it one, or leave it out",
      );
    }
  }
  const names = HOOK_NAMES.filter((name) => defined.some(([other]) => other === name));
  if (names.length > 0) return names;
  throw new HooksUnusable(
    path,
    "defines no hook",
    `define one of ${HOOK_NAMES.join(", ")}, or remove worker.hooks`,
  );
}

function defaultExport(code: string, path: string): object {
  let exported: unknown;
  try {
    exported = runInNewContext(`${code};${GLOBAL}.default`, whileLoading(), { timeout: LOADING_LIMIT_MS });
  } catch (error) {
    const { message } = error as Partial<Error>;
    throw new HooksUnusable(
      path,
      `cannot be loaded: ${String(message)}`,
      "fix that: outside of its functions, a Worker may neither wait, nor ask anybody, nor make random values",
    );
  }
  if (typeof exported === "object" && exported !== null) return exported;
  throw new HooksUnusable(
    path,
    exported === undefined ? "has no default export" : "has a default export that is not an object",
    "write: export default defineHooks({ … })",
  );
}
