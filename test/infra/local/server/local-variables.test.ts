import { describe, expect, it } from "vitest";
import { localVariables } from "../../../../infra/local/server/local-variables.ts";

const variables = localVariables({
  apiUrl: "http://127.0.0.1:8788/client/v4",
  token: "local-only-test-token",
  accountId: "0123456789abcdef0123456789abcdef",
  edgeUrl: "http://localhost:8787",
  secrets: { secretKey: "fake-secret", apiKey: "fake-api-key", directPassKey: "fake-direct-pass" },
});

describe("the variables to export", () => {
  it("lead Terraform's provider, the SDK and wrangler to this machine", () => {
    expect(variables).toMatchObject({
      CLOUDFLARE_BASE_URL: "http://127.0.0.1:8788/client/v4",
      CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:8788/client/v4",
      CLOUDFLARE_API_TOKEN: "local-only-test-token",
      CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
      QUEUEIT_LOCAL_EDGE: "http://localhost:8787",
    });
  });

  it("let no tool tell its maker of a trial run", () => {
    expect(variables).toMatchObject({
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
    });
  });

  it("give the stacks each secret under its own name, and let example values pass", () => {
    expect(variables).toMatchObject({
      TF_VAR_queueit_secret_key: "fake-secret",
      TF_VAR_queueit_api_key: "fake-api-key",
      TF_VAR_queueit_direct_pass_key: "fake-direct-pass",
      TF_VAR_accept_example_values: "true",
    });
  });
});
