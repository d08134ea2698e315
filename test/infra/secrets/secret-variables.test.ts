import { describe, expect, it } from "vitest";
import {
  secretsIn,
  withoutOurSecrets,
  withoutSecretVariables,
} from "../../../infra/secrets/secret-variables.ts";

describe("secrets in environment variables", () => {
  it.each([
    ["CLOUDFLARE_API_TOKEN", "fake-token", ["fake-token"]],
    ["TF_VAR_queueit_secret_key", "fake-key\n", ["fake-key\n"]],
    ["TF_TOKEN_app_terraform_io", "fake-token", ["fake-token"]],
    ["QUEUEIT_SECRET_KEY_STAGING", "fake-key", ["fake-key"]],
    ["QUEUEIT_PLAN_KEY", "fake-key", ["fake-key"]],
    ["HTTPS_PROXY", "http://user:fake%20password@proxy:3128", ["fake password"]],
    ["https_proxy", "http://proxy:3128", []],
    ["GITHUB_TOKEN", "  ", []],
    ["GITHUB_REPOSITORY", "acme/shop", []],
    ["TF_VAR_accept_example_values", "true", []],
  ])("%s=%j", (name, value, secrets) => {
    expect(secretsIn({ [name]: value })).toEqual(secrets);
  });
});

describe("variables of a program that this one starts", () => {
  const ALL = {
    PATH: "/bin",
    GITHUB_TOKEN: "fake-token",
    QUEUEIT_SECRET_KEY_STAGING: "fake-key",
    CLOUDFLARE_API_TOKEN: "fake-token",
    AWS_SECRET_ACCESS_KEY: "fake-key",
    TF_VAR_queueit_secret_key: "fake-key",
    HTTPS_PROXY: "http://user:fake@proxy:3128",
  };

  it("are without any secret where it needs none", () => {
    expect(withoutSecretVariables(ALL)).toEqual({ PATH: "/bin" });
  });

  it("are Terraform's own where it is Terraform: none of the pipeline's, none of this program's", () => {
    const names = [
      "PATH",
      "CLOUDFLARE_API_TOKEN",
      "AWS_SECRET_ACCESS_KEY",
      "TF_VAR_queueit_secret_key",
      "HTTPS_PROXY",
    ];
    expect(Object.keys(withoutOurSecrets(ALL))).toEqual(names);
  });
});
