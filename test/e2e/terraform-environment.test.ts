import { describe, expect, it } from "vitest";
import { terraformEnvironment } from "./terraform-environment.ts";

describe("Terraform's environment", () => {
  it.each([
    "CLOUDFLARE_API_KEY",
    "CLOUDFLARE_EMAIL",
    "CLOUDFLARE_API_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "TF_VAR_queueit_secret_key",
    "TF_TOKEN_app_terraform_io",
    "TF_LOG",
    "TF_CLI_ARGS_destroy",
    "QUEUEIT_DESTROY",
  ])("has nothing of the user's %s", (name) => {
    expect(terraformEnvironment({ [name]: "real" }, {})).not.toHaveProperty(name);
  });

  it.each(["PATH", "HOME", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"])(
    "keeps %s, to find Terraform and its provider",
    (name) => {
      expect(terraformEnvironment({ [name]: "as it is" }, {})).toHaveProperty(name, "as it is");
    },
  );

  it("has the local Cloudflare's values instead of real ones", () => {
    const environment = terraformEnvironment(
      { CLOUDFLARE_API_TOKEN: "real" },
      { CLOUDFLARE_API_TOKEN: "local-only" },
    );
    expect(environment["CLOUDFLARE_API_TOKEN"]).toBe("local-only");
  });
});
