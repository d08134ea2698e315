import { describe, expect, it } from "vitest";
import type { StateBackend } from "../../../infra/environments/definition/state-backend.ts";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { SPEC } from "../specification/specs.ts";
import { only, synthesized } from "./synthesized.ts";

const withBackend = (backend: StateBackend) => synthesized({ ...SPEC, backend }).terraform.backend;

describe("the stack of an environment", () => {
  it("has outputs that come from the resources, not from the specification", () => {
    const { output } = synthesized(SPEC);
    const values = Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, value]));
    expect(values).toEqual({
      kv_namespace_id: "${cloudflare_workers_kv_namespace.queueit_integration_config.id}",
      worker_name: "${cloudflare_workers_script.queueit_worker.script_name}",
      bundle_sha256: "${cloudflare_workers_script.queueit_worker.content_sha256}",
      routes: [
        "${cloudflare_workers_route.queueit_bypass_shop_staging_example_com_static_a952a8.pattern}",
        "${cloudflare_workers_route.queueit_protect_shop_staging_example_com_378e98.pattern}",
      ],
      publish_url: "https://shop.staging.example.com/?__push_queueit_config",
    });
  });

  it.each<ConnectorSpec["configuration"]>([
    { owner: "pull", seed: "{}", cron: "*/5 * * * *" },
    { owner: "file", value: "{}" },
  ])("gives no address to publish to where nobody publishes: $owner", (configuration) => {
    expect(synthesized({ ...SPEC, configuration }).output).not.toHaveProperty("publish_url");
  });

  it("keeps a local state beside the project, by a path that names no folder of this machine", () => {
    expect(withBackend({ type: "local", path: "terraform.staging.tfstate" })).toEqual({
      local: { path: "../../../terraform.staging.tfstate" },
    });
  });

  it("locks a state in R2 and sends it to the account's own endpoint", () => {
    const backend = withBackend({
      type: "r2",
      accountId: "a".repeat(32),
      bucket: "state",
      key: "staging.tfstate",
    });
    expect(backend["s3"]).toMatchObject({
      bucket: "state",
      key: "staging.tfstate",
      region: "auto",
      use_lockfile: true,
      use_path_style: true,
      endpoints: { s3: `https://${"a".repeat(32)}.r2.cloudflarestorage.com` },
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
    });
  });

  it("uses the endpoint of an R2 jurisdiction", () => {
    const backend = withBackend({
      type: "r2",
      accountId: "a".repeat(32),
      bucket: "state",
      key: "k",
      jurisdiction: "eu",
    });
    expect(backend["s3"]).toMatchObject({
      endpoints: { s3: `https://${"a".repeat(32)}.eu.r2.cloudflarestorage.com` },
    });
  });

  it("locks and encrypts a state in S3", () => {
    expect(withBackend({ type: "s3", bucket: "state", key: "k", region: "eu-west-1" })).toEqual({
      s3: { bucket: "state", key: "k", region: "eu-west-1", encrypt: true, use_lockfile: true },
    });
  });

  it("keeps a state in an HCP Terraform workspace", () => {
    const json = synthesized({
      ...SPEC,
      backend: {
        type: "hcp",
        organization: "shop",
        workspace: "queueit-staging",
        hostname: "app.terraform.io",
      },
    });
    expect(json.terraform).toMatchObject({
      cloud: {
        organization: "shop",
        hostname: "app.terraform.io",
        workspaces: { name: "queueit-staging" },
      },
    });
  });
});

describe("example values", () => {
  it("stop a plan with the value that has to be replaced", () => {
    const variable = synthesized({ ...SPEC, exampleValues: ["accountId is the example account"] }).variable;
    expect(variable?.["accept_example_values"]).toMatchObject({
      default: false,
      validation: [
        {
          condition: "${var.accept_example_values}",
          error_message: expect.stringContaining("accountId is the example account") as string,
        },
      ],
    });
  });

  it("leave no trace once they are replaced", () => {
    expect(synthesized(SPEC).variable).not.toHaveProperty("accept_example_values");
  });
});

describe("promotion", () => {
  const promoted: ConnectorSpec = {
    ...SPEC,
    environment: "production",
    promotedFrom: { environment: "staging", backend: { type: "local", path: "terraform.staging.tfstate" } },
  };

  it("plans the Worker only where the earlier environment's state has the same bundle", () => {
    expect(only(synthesized(promoted), "cloudflare_workers_script")["lifecycle"]).toMatchObject({
      precondition: [
        {
          condition: `\${(data.terraform_remote_state.state_of_staging.outputs.bundle_sha256 == "${SPEC.worker.file.sha256}")}`,
        },
      ],
    });
  });

  it("reads the earlier environment's state from where that environment keeps it", () => {
    const backend: StateBackend = { type: "s3", bucket: "state", key: "staging", region: "eu-west-1" };
    const json = synthesized({ ...promoted, promotedFrom: { environment: "staging", backend } });
    expect(json.data?.["terraform_remote_state"]?.["state_of_staging"]).toMatchObject({
      backend: "s3",
      config: { bucket: "state", key: "staging", region: "eu-west-1" },
    });
  });
});
