import { defineConfig, mergeConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** What takes minutes: `npm run test:long`. */
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [], exclude: [] } },
  defineConfig({
    test: { include: ["test/long/**/*.test.ts"], testTimeout: 3_600_000, maxConcurrency: 4 },
  }),
);
