import { readFileSync, readdirSync } from "node:fs";
import { defineConfig, mergeConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** Files whose properties `npm test` tries with few cases. */
const sampled = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => `test/${path}`)
  .filter((path) => readFileSync(path, "utf8").includes("support/runs.ts"));

/** What takes minutes: `npm run test:long`. */
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      globalSetup: ["test/long/pack.ts"],
      include: ["test/long/**/*.test.ts", ...sampled],
      env: { PROPERTY_RUNS: "thorough" },
      testTimeout: 3_600_000,
      maxConcurrency: 4,
    },
  }),
);
