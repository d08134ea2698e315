import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { newFolder } from "./new-folder.ts";

/**
 * TypeScript in one piece of JavaScript, for tests that start it in processes of their own: each would compile it
 * once more.
 *
 * @param text Its imports are relative to this project.
 * @returns Path of the file.
 */
export async function compiledProgram(text: string): Promise<string> {
  const folder = await newFolder();
  await symlink(join(PACKAGE_ROOT, "node_modules"), join(folder, "node_modules"));
  const outfile = join(folder, "program.mjs");
  await build({
    stdin: { contents: text, resolveDir: PACKAGE_ROOT, loader: "ts" },
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    tsconfigRaw: {},
    logLevel: "warning",
  });
  return outfile;
}
