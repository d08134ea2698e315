import { build } from "esbuild";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBundle } from "../infra/bundles/build-bundle.ts";

/** Candidates by name, each the code of one Worker. */
export type Candidates = ReadonlyMap<string, string>;

/**
 * Builds the Workers to compare.
 * @param against Path of another bundle of ours to measure in the same run, for example of an earlier commit.
 */
export async function buildCandidates(against: string | undefined): Promise<Candidates> {
  const [pass, redirect, plain, ours] = await Promise.all([
    compile("bare-pass"),
    compile("bare-redirect"),
    compile("plain"),
    shippedBundle(),
  ]);
  const candidates = new Map([
    ["bare-pass", pass],
    ["bare-redirect", redirect],
    ["plain", plain],
    ["ours", ours],
  ]);
  if (against !== undefined) candidates.set("against", await readFile(against, "utf8"));
  return candidates;
}

async function compile(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`candidates/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["module", "main"],
    external: ["node:*"],
  });
  return outputFiles[0]?.text ?? "";
}

async function shippedBundle(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "queueit-bench-"));
  try {
    return await readFile((await buildBundle(directory)).path, "utf8");
  } finally {
    await rm(directory, { recursive: true });
  }
}
