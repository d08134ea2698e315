/** What differs between the stacks of the recordings. */
export interface RecordedStack {
  /** Source of the Worker, and its SHA-256. */
  readonly bundle: { readonly content: string; readonly sha256: string };
  readonly customerId: string;
  readonly namespaceTitle: string;
  /**
   * Version of the integration configuration, and whether Terraform goes on to own it after the first time.
   */
  readonly configuration: { readonly version: number; readonly isOwned: boolean };
  readonly isProtected: boolean;
}

/** Ids of the account and the zone that the recordings name. */
export interface RecordedPlace {
  readonly accountId: string;
  readonly zoneId: string;
}

const HOST = "shop.staging.example.com";
const WORKER = "queueit-connector-staging";
const NAMESPACE_ID = "${cloudflare_workers_kv_namespace.integration_config.id}";
const SECRET_KEY = { queueit_secret_key: { type: "string", sensitive: true } };

/** Where the stack's Worker lies, below the folder of the stack. */
export const WORKER_FILE = "dist/worker.mjs";

/** The stack for the real Cloudflare provider, as Terraform JSON. */
export function cloudflareStack(
  { bundle, customerId, namespaceTitle, configuration, isProtected }: RecordedStack,
  { accountId, zoneId }: RecordedPlace,
  providerVersion: string,
): unknown {
  const protect = {
    zone_id: zoneId,
    pattern: `${HOST}/*`,
    script: "${cloudflare_workers_script.worker.script_name}",
  };
  return {
    terraform: {
      required_providers: { cloudflare: { source: "cloudflare/cloudflare", version: providerVersion } },
    },
    provider: { cloudflare: {} },
    variable: SECRET_KEY,
    resource: {
      cloudflare_workers_kv_namespace: {
        integration_config: { account_id: accountId, title: namespaceTitle },
      },
      cloudflare_workers_kv: {
        seed: {
          account_id: accountId,
          namespace_id: NAMESPACE_ID,
          key_name: "info",
          value: seed(configuration),
          ...(!configuration.isOwned && { lifecycle: { ignore_changes: ["value"] } }),
        },
      },
      cloudflare_workers_script: {
        worker: {
          account_id: accountId,
          script_name: WORKER,
          main_module: "worker.mjs",
          content_file: WORKER_FILE,
          content_sha256: bundle.sha256,
          content_type: "application/javascript+module",
          compatibility_date: "2026-04-01",
          compatibility_flags: ["nodejs_compat"],
          usage_model: "standard",
          logpush: false,
          observability: { enabled: true, head_sampling_rate: 1 },
          bindings: [
            { type: "kv_namespace", name: "IntegrationConfigKV", namespace_id: NAMESPACE_ID },
            { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: customerId },
            { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: "${var.queueit_secret_key}" },
          ],
        },
      },
      cloudflare_workers_route: {
        bypass_static: { zone_id: zoneId, pattern: `${HOST}/static/*` },
        ...(isProtected && { protect_shop: protect }),
      },
      cloudflare_workers_cron_trigger: {
        refresh_config: {
          account_id: accountId,
          script_name: "${cloudflare_workers_script.worker.script_name}",
          schedules: [{ cron: "*/5 * * * *" }],
        },
      },
    },
    output: { bundle_sha256: { value: bundle.sha256 }, kv_namespace_id: { value: NAMESPACE_ID } },
  };
}

/**
 * The same with objects that are built into Terraform: it shows that the recording works where no provider
 * is, and is worth nothing as a fixture.
 */
export function builtInStack({
  bundle,
  customerId,
  namespaceTitle,
  configuration,
  isProtected,
}: RecordedStack): unknown {
  const worker = { bundle: bundle.sha256, customerId, secretKey: "${var.queueit_secret_key}" };
  return {
    variable: SECRET_KEY,
    resource: {
      terraform_data: {
        integration_config: { input: namespaceTitle },
        seed: { input: seed(configuration) },
        worker: { input: worker },
        bypass_static: { input: `${HOST}/static/*` },
        ...(isProtected && { protect_shop: { input: `${HOST}/*` } }),
      },
    },
    output: { bundle_sha256: { value: bundle.sha256 } },
  };
}

/** A stack whose plan stops at a condition, of objects that are built into Terraform. */
export const CONDITION_STACK = {
  variable: {
    k: { type: "string", sensitive: true },
    acc: {
      type: "bool",
      default: false,
      validation: { condition: "${var.acc}", error_message: "Example values are left in place." },
    },
  },
  resource: {
    terraform_data: {
      other: { input: "a" },
      worker: {
        input: "${var.k}",
        lifecycle: {
          precondition: [
            {
              condition: '${terraform_data.other.input == "b"}',
              error_message: "production only gets a bundle that staging runs",
            },
          ],
        },
      },
    },
  },
  output: { s: { sensitive: true, value: "${var.k}" } },
};

function seed({ version }: RecordedStack["configuration"]): string {
  return JSON.stringify({ Version: version, Description: "seed", Integrations: [] });
}
