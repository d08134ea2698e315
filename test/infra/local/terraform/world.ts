import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectorSpec, RouteSpec, WorkerFile } from "../../../../infra/specification/specification.ts";
import type { OpenOptions, PlanMode, PlannedStack } from "../../../../infra/terraform/stack.ts";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import { type LocalStacksOptions, localStacks } from "../../../../infra/local/terraform/local-stacks.ts";
import { ACCOUNT_ID, ZONE } from "../cloudflare/worker-sources.ts";

export const FIRST_SECRET = "first-secret";

/** A Worker file with this source, as a bundle is. */
export function workerFile(source: string): WorkerFile {
  const path = join(mkdtempSync(join(tmpdir(), "test-engine-")), "worker.mjs");
  writeFileSync(path, source);
  return { path, sha256: createHash("sha256").update(source).digest("hex"), format: "es-module" };
}

export const FIRST_FILE = workerFile("export default { fetch: () => new Response('first') };\n");
export const SECOND_FILE = workerFile("export default { fetch: () => new Response('second') };\n");

export const BYPASS = route("bypass", "shop.staging.example.com/static/*");
export const PROTECT = route("protect", "shop.staging.example.com/*");

export function route(kind: RouteSpec["kind"], pattern: string): RouteSpec {
  return { kind, pattern, zone: { id: ZONE.id } };
}

/** What the recorded plans were made from. */
export const STAGING: ConnectorSpec = {
  environment: "staging",
  accountId: ACCOUNT_ID,
  namespace: { title: "queueit-staging-integration-config" },
  configuration: {
    owner: "pull",
    seed: '{"Version":1,"Description":"seed","Integrations":[]}',
    cron: "*/5 * * * *",
  },
  worker: {
    name: "queueit-connector-staging",
    file: FIRST_FILE,
    compatibilityDate: "2026-04-01",
    compatibilityFlags: ["nodejs_compat"],
    observability: { enabled: true, samplingRate: 1 },
    bindings: bindings("acme"),
  },
  routes: [BYPASS, PROTECT],
  publishUrl: "https://shop.staging.example.com/?__push_queueit_config",
  secretVariables: [{ name: "queueit_secret_key", description: "Queue-it's secret key" }],
  backend: { type: "local", path: "terraform.staging.tfstate" },
  adopted: undefined,
  promotedFrom: undefined,
  exampleValues: [],
};

/** The same connector for another environment, that gets only bundles which staging runs. */
export const PRODUCTION: ConnectorSpec = {
  ...STAGING,
  environment: "production",
  namespace: { title: "queueit-production-integration-config" },
  worker: { ...STAGING.worker, name: "queueit-connector-production" },
  routes: [route("protect", "shop.example.com/*")],
  promotedFrom: { environment: "staging", backend: STAGING.backend },
};

export function bindings(customerId: string): ConnectorSpec["worker"]["bindings"] {
  return [
    { type: "kv_namespace", name: "IntegrationConfigKV" },
    { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: customerId },
    { type: "secret_text", name: "QUEUEIT_SECRET_KEY", variable: "queueit_secret_key" },
  ];
}

/** The specification with some of its Worker changed. */
export function withWorker(spec: ConnectorSpec, change: Partial<ConnectorSpec["worker"]>): ConnectorSpec {
  return { ...spec, worker: { ...spec.worker, ...change } };
}

/**
 * An account with a zone and nothing else, and stacks on it. `variables` may be changed between two plans.
 */
export function world(options: Partial<LocalStacksOptions> = {}) {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  const variables: Record<string, string> = { queueit_secret_key: FIRST_SECRET };
  const open = localStacks({ account, variables, ...options });
  const plan = async (spec: ConnectorSpec, mode: PlanMode = "apply", openOptions: OpenOptions = {}) =>
    (await open(spec, openOptions)).plan(mode);
  const deploy = async (spec: ConnectorSpec) => (await plan(spec)).apply();
  return { account, variables, open, plan, deploy };
}

interface Change {
  readonly importing?: { readonly id: string };
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly after_unknown: unknown;
  readonly after_sensitive: unknown;
}

interface PlanJson {
  readonly resource_changes: readonly { readonly address: string; readonly change: Change }[];
  readonly resource_drift: readonly { readonly address: string; readonly change: Change }[];
  readonly output_changes: Readonly<Record<string, Change>>;
  readonly applyable: boolean;
  readonly errored: boolean;
}

export function jsonOf(plan: PlannedStack): PlanJson {
  return JSON.parse(plan.json) as PlanJson;
}

/** What a plan does, each as `update cloudflare_workers_script`; what stays as it is is left out. */
export function actionsOf(plan: PlannedStack): readonly string[] {
  return shown(jsonOf(plan).resource_changes).filter((action) => !action.startsWith("no-op"));
}

/** What a plan found changed in the account, in the same form. */
export function driftOf(plan: PlannedStack): readonly string[] {
  return shown(jsonOf(plan).resource_drift);
}

function shown(changes: PlanJson["resource_changes"]): readonly string[] {
  return changes.map(({ address, change }) => `${change.actions.join("+")} ${address.split(".")[0] ?? ""}`);
}
