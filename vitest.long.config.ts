import { defineConfig } from "vitest/config";
import shared from "./vitest.config.ts";

/** What takes too long for `npm test`. */
export default defineConfig({
  test: { ...shared.test, include: ["test/long/**/*.test.ts"], exclude: [], testTimeout: 3_600_000 },
});
