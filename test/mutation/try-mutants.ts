import { Stryker } from "@stryker-mutator/core";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import type { Mutant } from "./mutant.ts";

type Result = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** Milliseconds that a mutant may take beyond what its tests take without it: machines are busy. */
const PATIENCE_MS = 20_000;

/**
 * Changes the code of these folders or files in one place after another, and runs the tests that reach it.
 * @throws What Stryker throws, among other things when a test fails without a mutant.
 */
export async function tryMutants(places: readonly string[]): Promise<readonly Mutant[]> {
  const stryker = new Stryker({
    mutate: places.map((place) => (place.endsWith(".ts") ? place : `${place}/**/*.ts`)),
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "vitest.mutation.config.ts" },
    coverageAnalysis: "perTest",
    concurrency: availableParallelism(),
    timeoutMS: PATIENCE_MS,
    reporters: ["progress-append-only"],
    tempDirName: ".stryker-tmp",
    cleanTempDir: "always",
    ignorePatterns: [".stryker-tmp*", "bench", "dist", "docs", "test/fixtures", ".queueit-local"],
  });
  const results = await stryker.runMutationTest();
  return results.filter(({ status }) => status !== "Ignored").map(mutantOf);
}

function mutantOf({ fileName, location: { start, end }, replacement, status }: Result): Mutant {
  const file = relative(".", fileName);
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines[start.line - 1] ?? "";
  const original = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
  const firstLine = (replacement ?? "").split("\n", 1)[0] ?? "";
  return {
    file,
    line: start.line,
    code: line.trim(),
    change: `${original} → ${firstLine}`,
    fate: status === "Killed" || status === "Timeout" ? "killed" : "survived",
  };
}
