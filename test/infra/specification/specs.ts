import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";

const folder = mkdtempSync(join(tmpdir(), "test-spec-"));
const path = join(folder, "worker.mjs");
writeFileSync(path, "export default { fetch: () => new Response('ok') };\n");

/** A specification with one site, to vary in tests. */
export const SPEC: ConnectorSpec = {
  environment: "staging",
  accountId: "0123456789abcdef0123456789abcdef",
  namespace: { title: "queueit-staging-integration-config" },
  configuration: { owner: "publish", seed: '{"Version":1,"Description":"","Integrations":[]}' },
  worker: {
    name: "queueit-connector-staging",
    file: { path, sha256: "5f9c0a".padEnd(64, "0"), format: "es-module" },
    compatibilityDate: "2026-04-01",
    compatibilityFlags: [],
    observability: { enabled: true, samplingRate: 0.5 },
    bindings: [
      { type: "kv_namespace", name: "IntegrationConfigKV" },
      { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "acme" },
      { type: "secret_text", name: "QUEUEIT_SECRET_KEY", variable: "queueit_secret_key" },
    ],
  },
  routes: [
    { kind: "bypass", pattern: "shop.staging.example.com/static/*", zone: { id: "f".repeat(32) } },
    { kind: "protect", pattern: "shop.staging.example.com/*", zone: { id: "f".repeat(32) } },
  ],
  publishUrl: "https://shop.staging.example.com/?__push_queueit_config",
  secretVariables: [{ name: "queueit_secret_key", description: "Queue-it's secret key" }],
  backend: { type: "local", path: "terraform.staging.tfstate" },
  adopted: undefined,
  promotedFrom: undefined,
  exampleValues: [],
};
