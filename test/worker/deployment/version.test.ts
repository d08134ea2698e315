import { expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { CONNECTOR_VERSION } from "../../../worker/deployment/version.ts";

it("the version sent to Queue-it is the package's", () => {
  expect(CONNECTOR_VERSION).toBe(manifest.version);
});
