import { describe, expect, it } from "vitest";
import { secretsIn } from "../../../infra/secrets/secret-variables.ts";

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
