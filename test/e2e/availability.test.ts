import { describe, expect, it } from "vitest";
import { isProviderMissing } from "../../infra/terraform/provider-missing.ts";
import { skippedExitCode, skippedLine } from "./availability.ts";

// As Terraform 1.11.4 writes it, wrapped at the width of a terminal.
const NO_REGISTRY = `Initializing provider plugins...
- Finding cloudflare/cloudflare versions matching "5.14.0"...

Error: Failed to query available
provider packages

Could not retrieve the list of available versions for provider
cloudflare/cloudflare: could not connect to registry.terraform.io`;

const WRONG_STACK = `Error: Unsupported argument

  on cdk.tf.json line 3: An argument named "sourcce" is not expected here.`;

describe("an end-to-end run", () => {
  it("does not take place where init cannot find the provider", () => {
    expect(isProviderMissing(NO_REGISTRY)).toBe(true);
  });

  it("takes place, and fails, where init fails for another reason", () => {
    expect(isProviderMissing(WRONG_STACK)).toBe(false);
  });

  it("says SKIPPED first, in one line", () => {
    expect(skippedLine("because")).toBe("SKIPPED because");
  });

  it("passes when it is skipped, unless it is required", () => {
    expect(skippedExitCode({})).toBe(0);
    expect(skippedExitCode({ E2E_REQUIRED: "1" })).toBe(1);
  });
});
