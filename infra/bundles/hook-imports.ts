import { builtinModules } from "node:module";
import { init, parse } from "es-module-lexer";
import type { Plugin } from "esbuild";
import { projectRoot } from "../files/project-root.ts";

const OF_NODE = new Set(builtinModules);

/**
 * Refuses what hooks may not import: modules of Node.js, which the runtime lacks, and those of the runtime, which
 * give access to every secret of the Worker.
 */
export const withoutRuntimeModules: Plugin = {
  name: "without-runtime-modules",
  setup: (build) => {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      const [scheme, name] = path.startsWith("node:") ? ["node", path.slice(5)] : ["", path];
      if (scheme === "node" || OF_NODE.has(name)) {
        return { errors: [{ text: `${path} is a module of Node.js, which Workers do not have here` }] };
      }
      if (!path.startsWith("cloudflare:")) return undefined;
      return { errors: [{ text: `${path} is closed to hooks: it gives access to the Worker's secrets` }] };
    });
  },
};

/** The one file of `worker/` that a hook may import; the others change with every version of this project. */
const OPEN = "worker/hooks/define-hooks.ts";

/** Why a file must not be a part of hooks; undefined where it may. @param input As esbuild names it. */
export function foreignInput(input: string): string | undefined {
  if (input.startsWith("../") || /^(?:[a-z]:|\/)/i.test(input)) return "is outside of this project";
  if (input.startsWith("worker/") && input !== OPEN) {
    return `is the connector's own, which changes with every version: only ${OPEN} is there for hooks`;
  }
  if (input.startsWith("infra/")) return "belongs to the toolkit, which does not run at Cloudflare";
  return undefined;
}

/** The module that stands for the site's hooks while there are none. */
const NONE = /[\\/]hooks[\\/]none\.ts$/;

/** Takes the default export of a file in place of no hooks. @param path Relative to the project's root. */
export function withHooks(path: string): Plugin {
  return {
    name: "with-hooks",
    setup: (build) => {
      build.onLoad({ filter: NONE }, () => ({
        contents: `export { default as HOOKS } from ${JSON.stringify(`./${path.replaceAll("\\", "/")}`)};`,
        loader: "js",
        resolveDir: projectRoot(),
      }));
    },
  };
}

/** Whether code imports a module whose name is only known when it runs. */
export async function importsAnything(code: string): Promise<boolean> {
  await init();
  // esbuild has taken in every other.
  return parse(code)[0].some(({ type }) => type === "dynamic");
}
