import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import { holdPlan } from "../../../../infra/local/terraform/held-plan.ts";
import { readStack } from "../../../../infra/local/terraform/read-stack.ts";
import { NOTHING_DEPLOYED, type State } from "../../../../infra/local/terraform/state.ts";
import { ACCOUNT_ID, ZONE } from "../cloudflare/worker-sources.ts";

const BUNDLE = "export default { fetch() {} }";
const SECRET = "fake-secret-${var.other}";

type Attributes = Record<string, unknown>;

/** A stack as the synthesizer writes it, users before what they use; `change` edits it. */
function stack(
  change: (resource: Record<string, Record<string, Attributes>>, json: Attributes) => void = () => undefined,
) {
  const account_id = ACCOUNT_ID;
  const resource: Record<string, Record<string, Attributes>> = {
    cloudflare_workers_cron_trigger: {
      refresh: {
        account_id,
        script_name: "${cloudflare_workers_script.worker.script_name}",
        schedules: [{ cron: "*/5 * * * *" }],
      },
    },
    cloudflare_workers_kv: {
      configuration: {
        account_id,
        namespace_id: "${cloudflare_workers_kv_namespace.configuration.id}",
        key_name: "info",
        value: '{"Description":"costs $${5} or 100%%{}"}',
        lifecycle: { ignore_changes: ["value"] },
      },
    },
    cloudflare_workers_kv_namespace: {
      configuration: { account_id, title: "configuration", lifecycle: { prevent_destroy: true } },
    },
    cloudflare_workers_route: {
      protect: {
        zone_id: "${data.cloudflare_zone.shop.zone_id}",
        pattern: "shop.${local.domain}/*",
        script: "${cloudflare_workers_script.worker.script_name}",
        depends_on: ["cloudflare_workers_route.bypass"],
      },
      bypass: { zone_id: ZONE.id, pattern: "shop.example.com/static/*" },
    },
    cloudflare_workers_script: {
      worker: {
        account_id,
        script_name: "shop",
        content_file: "assets/worker.mjs",
        content_sha256: createHash("sha256").update(BUNDLE).digest("hex"),
        content_type: "application/javascript+module",
        main_module: "worker.mjs",
        compatibility_date: "2026-04-01",
        compatibility_flags: ["nodejs_compat"],
        bindings: [
          {
            type: "kv_namespace",
            name: "KV",
            namespace_id: "${cloudflare_workers_kv_namespace.configuration.id}",
          },
          { type: "plain_text", name: "CUSTOMER", text: "acme" },
          { type: "secret_text", name: "SECRET", text: "${var.secret_key}" },
          { type: "secrets_store_secret", name: "API_KEY", store_id: "store", secret_name: "api-key" },
        ],
        observability: { enabled: true, head_sampling_rate: 0.5 },
        usage_model: "standard",
        logpush: false,
        depends_on: ["cloudflare_workers_kv.configuration"],
      },
    },
  };
  const json: Attributes = {
    "//": { metadata: {} },
    terraform: { backend: { local: { path: "x" } } },
    provider: { cloudflare: [{}] },
    variable: { secret_key: { type: "string", sensitive: true } },
    locals: { domain: "${local.second_level}.com", second_level: "example" },
    data: {
      cloudflare_zone: { shop: { filter: { name: "example.com", account: { id: ACCOUNT_ID } } } },
    },
    output: { id: { value: "${cloudflare_workers_kv_namespace.configuration.id}" } },
    resource,
  };
  change(resource, json);
  return json;
}

const worker = (resource: Record<string, Record<string, Attributes>>): Attributes =>
  resource["cloudflare_workers_script"]?.["worker"] ?? {};

/** Plans the stack on an empty account, applies the plan, and gives the account and the state. */
async function deploy(json: unknown, variables: Record<string, string> = { secret_key: SECRET }) {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  let state: State = NOTHING_DEPLOYED;
  const plan = await holdPlan("apply", {
    stack: readStack(json, variables),
    account,
    readFile: (path) =>
      path === "assets/worker.mjs"
        ? Promise.resolve(new TextEncoder().encode(BUNDLE))
        : Promise.reject(new Error(`no file ${path}`)),
    held: () => state,
    keep: (kept) => {
      state = kept;
    },
    remoteState: () => undefined,
    interfere: undefined,
    afterApply: undefined,
  });
  const outcome = await plan.apply();
  return { account, state, outcome };
}

/** Why the stack is refused: before it is planned, or when it is applied. */
async function refusal(json: unknown, variables?: Record<string, string>): Promise<string> {
  const { outcome } = await deploy(json, variables).catch((error: unknown) => {
    expect(error).toMatchObject({ name: "UserError", code: "local-stack" });
    return { outcome: { ok: false as const, reason: (error as Error).message } };
  });
  if (outcome.ok) throw new Error("The stack was deployed.");
  return outcome.reason;
}

describe("a stack that is planned and applied", () => {
  it("has what others need before those that need it", async () => {
    const { state, outcome } = await deploy(stack());
    expect(outcome).toEqual({ ok: true });
    expect([...state.resources.keys()]).toEqual([
      "cloudflare_workers_kv_namespace.configuration",
      "cloudflare_workers_kv.configuration",
      "cloudflare_workers_route.bypass",
      "cloudflare_workers_script.worker",
      "cloudflare_workers_cron_trigger.refresh",
      "cloudflare_workers_route.protect",
    ]);
  });

  it("gives the Worker the bindings that the stack asks for", async () => {
    const { account } = await deploy(stack());
    expect(account.script("shop")).toMatchObject({
      name: "shop",
      mainModule: "worker.mjs",
      content: BUNDLE,
      format: "es-module",
      compatibilityDate: "2026-04-01",
      compatibilityFlags: ["nodejs_compat"],
      bindings: [
        { type: "kv_namespace", name: "KV", namespaceId: account.namespaces[0]?.id },
        { type: "plain_text", name: "CUSTOMER", text: "acme" },
        { type: "secret_text", name: "SECRET", text: SECRET },
        { type: "secrets_store_secret", name: "API_KEY", storeId: "store", secretName: "api-key" },
      ],
      observability: { enabled: true, samplingRate: 0.5 },
    });
  });

  it("writes the value as Terraform reads it, with its escapes undone", async () => {
    const { account } = await deploy(stack());
    const value = await account.getValue(account.namespaces[0]?.id ?? "", "info");
    expect(new TextDecoder().decode(value.bytes)).toBe('{"Description":"costs ${5} or 100%{}"}');
  });

  it("leaves a bypass route without a Worker", async () => {
    const { account } = await deploy(stack());
    expect(account.routes.map(({ pattern, script }) => [pattern, script])).toEqual([
      ["shop.example.com/static/*", undefined],
      ["shop.example.com/*", "shop"],
    ]);
  });

  it("sets the cron trigger", async () => {
    const { account } = await deploy(stack());
    expect(account.schedules("shop")).toEqual(["*/5 * * * *"]);
  });

  it("reads a service worker where the stack has a body part", async () => {
    const json = stack((resource) => {
      const { main_module, ...others } = worker(resource);
      resource["cloudflare_workers_script"] = { worker: { ...others, body_part: main_module } };
    });
    const { account } = await deploy(json);
    expect(account.script("shop").format).toBe("service-worker");
  });

  it("names every problem at once, each with its address", async () => {
    const json = stack((resource) => {
      resource["cloudflare_r2_bucket"] = { assets: { name: "assets" } };
      worker(resource)["bindings"] = [{ type: "r2_bucket", name: "ASSETS", bucket_name: "assets" }];
      worker(resource)["tail_consumers"] = [];
      worker(resource)["script_name"] = "${lower(var.name)}";
    });
    const message = await refusal(json, {});
    expect(message.split("\n").slice(1)).toEqual([
      "- var.secret_key has no value: set TF_VAR_secret_key",
      '- cloudflare_workers_script.worker.bindings.0.type: the binding ASSETS has the type "r2_bucket", which the local Cloudflare does not have',
      '- cloudflare_workers_script.worker: Unrecognized key: "tail_consumers"',
      "- cloudflare_workers_script.worker has the expression ${lower(var.name)}: the local Cloudflare resolves plain references only",
      "- cloudflare_r2_bucket.assets is of a type that the local Cloudflare does not have (it has " +
        "cloudflare_workers_kv_namespace, cloudflare_workers_kv, cloudflare_workers_script, cloudflare_workers_route, " +
        "cloudflare_workers_cron_trigger): take it out of this stack, or deploy it to a real Cloudflare",
    ]);
  });

  it.each<[string, Parameters<typeof stack>[0], string]>([
    [
      "an unknown data source",
      (_, json) => (json["data"] = { cloudflare_zones: { all: {} } }),
      "data.cloudflare_zones.all is of a type",
    ],
    ["a block such as count", (resource) => (worker(resource)["count"] = 2), 'Unrecognized key: "count"'],
    ["a module", (_, json) => (json["module"] = {}), 'the stack: Unrecognized key: "module"'],
    [
      "a reference to nothing",
      (resource) => (worker(resource)["script_name"] = "${cloudflare_workers_script.gone.script_name}"),
      "cloudflare_workers_script.worker refers to cloudflare_workers_script.gone, which the stack does not have",
    ],
    [
      "a reference to an attribute that does not exist",
      (resource) =>
        (worker(resource)["script_name"] = "${cloudflare_workers_kv_namespace.configuration.nothing}"),
      "cloudflare_workers_script.worker refers to cloudflare_workers_kv_namespace.configuration.nothing",
    ],
    [
      "a cycle",
      (resource) => {
        resource["cloudflare_workers_kv_namespace"] = {
          configuration: {
            account_id: ACCOUNT_ID,
            title: "a",
            depends_on: ["cloudflare_workers_script.worker"],
          },
        };
      },
      "these need each other",
    ],
    [
      "a zone that the account does not have",
      (_, json) => (json["data"] = { cloudflare_zone: { shop: { filter: { name: "other.example" } } } }),
      "data.cloudflare_zone.shop looks for the zone other.example",
    ],
    [
      "another account",
      (resource) => (worker(resource)["account_id"] = "f".repeat(32)),
      "cloudflare_workers_script.worker: account_id is ffff",
    ],
    [
      "a bundle that changed after synth",
      (resource) => (worker(resource)["content_sha256"] = "0".repeat(64)),
      "cloudflare_workers_script.worker: content_sha256 is 0000",
    ],
    [
      "both formats of a Worker",
      (resource) => (worker(resource)["body_part"] = "worker.js"),
      "needs either main_module (ES module) or body_part",
    ],
    [
      "what Cloudflare would refuse",
      (resource) => {
        resource["cloudflare_workers_route"] = {
          bad: { zone_id: ZONE.id, pattern: "shop.example.com/*.jpg" },
        };
      },
      "cloudflare_workers_route.bad: Cloudflare refused this with code 10022",
    ],
  ])("refuses %s and says where", async (_, change, expected) => {
    expect(await refusal(stack(change))).toContain(expected);
  });

  it("never shows the value of a variable in an error", async () => {
    const json = stack((resource) => (worker(resource)["compatibility_date"] = "${var.secret_key.nothing}"));
    expect(await refusal(json)).not.toContain("fake-secret");
  });
});
