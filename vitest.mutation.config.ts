import { defineConfig } from "vitest/config";

/**
 * The tests that mutants are tried against: those of the decision code that run in this process, since a
 * mutant cannot be switched on in workerd from outside.
 */
export default defineConfig({
  test: {
    include: ["test/worker/{matching,publishing,status,validation}/*.test.ts"],
    exclude: [
      "test/worker/matching/matching.test.ts",
      "test/worker/validation/enqueue-token-in-workerd.test.ts",
      "test/worker/publishing/{publish,pull}.test.ts",
      "test/worker/status/status.test.ts",
    ],
    // Most of the time goes into starting: once for all files of a mutant.
    isolate: false,
    // Stryker ends what hangs.
    testTimeout: 120_000,
    setupFiles: ["test/property-seed.ts", "test/mutation/no-shrinking.ts"],
  },
});
