import { App, Testing, TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { QueueItConnector } from "../../../infra/connector/queue-it-connector.ts";
import type { Binding, ConfigurationSpec } from "../../../infra/specification/specification.ts";
import { SPEC } from "../specification/specs.ts";
import { only, synthesized, type TerraformJson } from "./synthesized.ts";

const owned = (configuration: ConfigurationSpec) => synthesized({ ...SPEC, configuration });
const withBindings = (bindings: readonly Binding[]) =>
  synthesized({ ...SPEC, worker: { ...SPEC.worker, bindings } });
const addresses = ({ resource }: TerraformJson) =>
  Object.entries(resource).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => `${type}.${name}`),
  );

describe("the connector", () => {
  it("keeps its addresses, because a renamed resource would be destroyed and created again", () => {
    const json = owned({ owner: "pull", seed: "{}", cron: "*/5 * * * *" });
    expect(addresses(json).sort()).toEqual([
      "cloudflare_workers_cron_trigger.queueit_refresh",
      "cloudflare_workers_kv.queueit_configuration",
      "cloudflare_workers_kv_namespace.queueit_integration_config",
      "cloudflare_workers_route.queueit_bypass_shop_staging_example_com_static_a952a8",
      "cloudflare_workers_route.queueit_protect_shop_staging_example_com_378e98",
      "cloudflare_workers_script.queueit_worker",
    ]);
  });

  it("keeps the address of a route when another is put before it", () => {
    const more = {
      ...SPEC,
      routes: [{ kind: "bypass", pattern: "a.example.com/*", zone: { id: "0" } }, ...SPEC.routes],
    };
    expect(addresses(synthesized(more as typeof SPEC))).toEqual(
      expect.arrayContaining(addresses(synthesized(SPEC))),
    );
  });

  it("refuses to let Terraform destroy the KV namespace", () => {
    const namespace = only(synthesized(SPEC), "cloudflare_workers_kv_namespace");
    expect(namespace["lifecycle"]).toMatchObject({ prevent_destroy: true });
  });

  it("lets Terraform destroy the KV namespace when asked to", () => {
    const namespace = only(synthesized(SPEC, { destroyable: true }), "cloudflare_workers_kv_namespace");
    expect(namespace["lifecycle"]).toMatchObject({ prevent_destroy: false });
  });

  it("ships the bundle as a file inside the stack, with its hash", () => {
    expect(only(synthesized(SPEC), "cloudflare_workers_script")).toMatchObject({
      content_file: expect.stringMatching(/^assets\/queueit_bundle_\w+\/bundle\/worker\.mjs$/) as string,
      content_sha256: SPEC.worker.file.sha256,
      main_module: "worker.mjs",
      content_type: "application/javascript+module",
    });
  });

  it("uploads a service-worker file by its body part", () => {
    const file = { ...SPEC.worker.file, format: "service-worker" as const };
    const worker = only(
      synthesized({ ...SPEC, worker: { ...SPEC.worker, file } }),
      "cloudflare_workers_script",
    );
    expect(worker).toMatchObject({ body_part: "worker.mjs", content_type: "application/javascript" });
    expect(worker).not.toHaveProperty("main_module");
  });

  it("writes every leaf of the logging settings, without invocation logs", () => {
    expect(only(synthesized(SPEC), "cloudflare_workers_script")).toMatchObject({
      logpush: false,
      usage_model: "standard",
      observability: {
        enabled: true,
        head_sampling_rate: 0.5,
        logs: { enabled: true, head_sampling_rate: 0.5, invocation_logs: false, persist: true },
      },
    });
  });

  it("binds the namespace by reference, so that Terraform creates it first", () => {
    expect(only(synthesized(SPEC), "cloudflare_workers_script")["bindings"]).toContainEqual({
      type: "kv_namespace",
      name: "IntegrationConfigKV",
      namespace_id: "${cloudflare_workers_kv_namespace.queueit_integration_config.id}",
    });
  });

  it("binds a chained Worker with the environment that Cloudflare tells, so that plans stay quiet", () => {
    const json = withBindings([
      { type: "service", name: "QUEUEIT_CHAINED_WORKER", service: "shop-frontend" },
    ]);
    expect(only(json, "cloudflare_workers_script")["bindings"]).toEqual([
      {
        type: "service",
        name: "QUEUEIT_CHAINED_WORKER",
        service: "shop-frontend",
        environment: "production",
      },
    ]);
  });

  it("gives a bypass its Worker, and leaves any other without one", () => {
    const [bypass, protect] = SPEC.routes;
    if (bypass === undefined || protect === undefined) throw new Error("There are two routes.");
    const other = { ...bypass, pattern: "shop.staging.example.com/account/*", worker: "shop-account" };
    const routes = synthesized({ ...SPEC, routes: [bypass, other, protect] }).resource[
      "cloudflare_workers_route"
    ];
    expect(
      Object.fromEntries(Object.values(routes ?? {}).map(({ pattern, script }) => [pattern, script])),
    ).toEqual({
      [bypass.pattern]: undefined,
      [other.pattern]: "shop-account",
      [protect.pattern]: "${cloudflare_workers_script.queueit_worker.script_name}",
    });
  });

  it("does not let a value be read as a Terraform template", () => {
    const json = withBindings([{ type: "plain_text", name: "URL", text: "https://x/${env}/%{if}" }]);
    expect(only(json, "cloudflare_workers_script")["bindings"]).toEqual([
      { type: "plain_text", name: "URL", text: "https://x/$${env}/%%{if}" },
    ]);
  });

  it("can be used twice in another CDKTF app's stack", () => {
    const stack = new TerraformStack(new App(), "shops");
    new QueueItConnector(stack, "one", { spec: SPEC });
    new QueueItConnector(stack, "two", { spec: SPEC });
    const json = JSON.parse(Testing.synth(stack)) as TerraformJson;
    expect(Object.keys(json.resource["cloudflare_workers_script"] ?? {})).toEqual([
      "one_worker",
      "two_worker",
    ]);
    expect(Object.keys(json.variable ?? {})).toEqual(["queueit_secret_key"]);
  });
});

describe("secrets", () => {
  it("enter as sensitive variables without a default", () => {
    expect(synthesized(SPEC).variable?.["queueit_secret_key"]).toEqual({
      type: "string",
      sensitive: true,
      nullable: false,
      description: "Queue-it's secret key",
    });
  });

  it("are a condition of the first resource, where Terraform shows no value", () => {
    expect(only(synthesized(SPEC), "cloudflare_workers_kv_namespace")["lifecycle"]).toMatchObject({
      precondition: [
        {
          condition: expect.stringContaining("var.queueit_secret_key"),
          error_message: expect.stringContaining("TF_VAR_queueit_secret_key"),
        },
      ],
    });
  });

  it("can come from a Secrets Store, and then need no variable", () => {
    const json = withBindings([
      {
        type: "secrets_store_secret",
        name: "QUEUEIT_SECRET_KEY",
        storeId: "5".repeat(32),
        secretName: "key",
      },
    ]);
    expect(only(json, "cloudflare_workers_script")["bindings"]).toEqual([
      {
        type: "secrets_store_secret",
        name: "QUEUEIT_SECRET_KEY",
        store_id: "5".repeat(32),
        secret_name: "key",
      },
    ]);
    expect(json.variable).toBeUndefined();
    expect(only(json, "cloudflare_workers_kv_namespace")["lifecycle"]).toEqual({ prevent_destroy: true });
  });
});

describe("the integration configuration", () => {
  it("is seeded and then left alone where Queue-it publishes it", () => {
    const value = only(owned({ owner: "publish", seed: "{}" }), "cloudflare_workers_kv");
    expect(value).toMatchObject({ key_name: "info", value: "{}", lifecycle: { ignore_changes: ["value"] } });
  });

  it("is fetched on a schedule where the Worker pulls it", () => {
    const json = owned({ owner: "pull", seed: "{}", cron: "*/7 * * * *" });
    expect(only(json, "cloudflare_workers_cron_trigger")).toMatchObject({
      script_name: "${cloudflare_workers_script.queueit_worker.script_name}",
      schedules: [{ cron: "*/7 * * * *" }],
    });
  });

  it("has no schedule where nobody pulls it", () => {
    expect(synthesized(SPEC).resource).not.toHaveProperty("cloudflare_workers_cron_trigger");
  });

  it("is Terraform's own where it is a file", () => {
    const value = only(owned({ owner: "file", value: '{"Version":7}' }), "cloudflare_workers_kv");
    expect(value["value"]).toBe('{"Version":7}');
    expect(value).not.toHaveProperty("lifecycle");
  });
});

describe("the order of a deploy", () => {
  it("has the configuration before the Worker", () => {
    expect(only(synthesized(SPEC), "cloudflare_workers_script")["depends_on"]).toEqual([
      "cloudflare_workers_kv.queueit_configuration",
    ]);
  });

  it("has the Worker and every bypass before a protected route", () => {
    const routes = synthesized(SPEC).resource["cloudflare_workers_route"] ?? {};
    const bypass = Object.keys(routes).find((name) => name.includes("bypass")) ?? "";
    const protect = Object.entries(routes).find(([name]) => name.includes("protect"))?.[1];
    expect(protect?.["depends_on"]).toEqual([
      "cloudflare_workers_script.queueit_worker",
      `cloudflare_workers_route.${bypass}`,
    ]);
  });

  it("gives a bypass route no Worker", () => {
    const routes = Object.values(synthesized(SPEC).resource["cloudflare_workers_route"] ?? {});
    expect(
      routes.find((route) => route["pattern"] === "shop.staging.example.com/static/*"),
    ).not.toHaveProperty("script");
  });

  it("looks a zone up once when sites name it", () => {
    const zone = { name: "example.com" };
    const json = synthesized({ ...SPEC, routes: SPEC.routes.map((route) => ({ ...route, zone })) });
    expect(Object.keys(json.data?.["cloudflare_zone"] ?? {})).toEqual(["queueit_zone_example_com_a379a6"]);
  });
});
