import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    globalSetup: ["test/temporary-folders.ts"],
    setupFiles: ["test/property-seed.ts", "test/file-costs.ts"],
    // Only what hangs ends here: a loaded machine takes ten times as long as a quiet one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 120_000, interval: 20 } },
    // One more than there are cores, since many tests wait for processes that they have started.
    maxWorkers: availableParallelism() + 1,
    isolate: false,
  },
});
