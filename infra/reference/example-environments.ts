import type { Environment } from "../environments/environment.ts";

const ZONE = "fedcba9876543210fedcba9876543210";
const ACCOUNT = "0123456789abcdef0123456789abcdef";

/**
 * Environments that write out every option, for the examples of `docs/reference/environment.md`. Not all of it goes
 * together in one; each of them is valid, as a test shows.
 */
export const EXAMPLES: readonly Environment[] = [
  {
    accountId: ACCOUNT,
    workerName: "queueit-connector-production",
    sites: [
      {
        hostname: "shop.example.com",
        zoneId: ZONE,
        protect: ["/*"],
        bypass: ["/static/*", { pattern: "/search/*", worker: "shop-search" }],
      },
    ],
    queueIt: {
      customerId: "acme",
      enqueueToken: { validityMs: 240_000, key: true },
      clientIp: "none",
      requestBodyLimit: 0,
      matching: "normalized",
      preflights: "queue",
      prefetches: "queue",
      allowedOrigins: ["https://www.example.com"],
      configurationTtlSeconds: 30,
      verifyAction: { url: "https://verify.example.com/count" },
      directPass: { url: "https://pass.example.com/ask", timeoutMs: 1500 },
    },
    integrationConfiguration: { owner: "publish", seed: "infra/environments/seed.json" },
    secrets: {
      strategy: "secrets-store",
      storeId: "00112233445566778899aabbccddeeff",
      names: { secretKey: "QUEUE_KEY", apiKey: "QUEUE_API_KEY", directPassKey: "PASS_KEY" },
    },
    failure: "closed",
    observability: { enabled: true, samplingRate: 0.1 },
    backend: { type: "r2", bucket: "acme-states", key: "queueit/live.tfstate", jurisdiction: "eu" },
    promotedFrom: "staging",
    meantToDiffer: ["queueIt.customerId", "failure"],
    freeze: [{ from: "2026-11-27T00:00+01:00", until: "2026-11-30T00:00+01:00", why: "Black Friday" }],
    worker: { source: "bundled", hooks: "worker-hooks/headers.ts", then: { service: "shop-frontend" } },
    namespaceTitle: "queueit-live-configuration",
    coverage: {
      protected: ["https://shop.example.com/tickets"],
      bypassed: ["https://shop.example.com/static/app.js"],
      ignored: ["https://shop.example.com/imprint"],
    },
  },
  {
    accountId: ACCOUNT,
    workerName: "queueit-connector-test",
    sites: [{ hostname: "test.example.com", zoneName: "example.com" }],
    queueIt: { customerId: "acme" },
    integrationConfiguration: { owner: "pull", cron: "*/10 * * * *", seed: "infra/environments/seed.json" },
    secrets: { strategy: "variables" },
    backend: { type: "s3", bucket: "acme-states", region: "eu-west-1", key: "queueit/test.tfstate" },
    adopted: {
      namespaceId: "aabbccddeeff00112233445566778899",
      configuration: true,
      worker: true,
      routes: [{ pattern: "test.example.com/*", id: `${ZONE}/00112233445566778899aabbccddeeff` }],
    },
  },
  {
    accountId: ACCOUNT,
    workerName: "queueit-connector-vendor",
    sites: [{ hostname: "old.example.com", zoneId: ZONE }],
    queueIt: { customerId: "acme" },
    integrationConfiguration: { owner: "file", path: "infra/environments/actions.json" },
    backend: { type: "hcp", organization: "acme", workspace: "queueit-old", hostname: "app.eu.terraform.io" },
    worker: {
      source: "file",
      path: "vendor/connector.js",
      format: "service-worker",
      names: { IntegrationConfigKV: "CONFIG" },
      compatibilityDate: "2026-04-21",
      compatibilityFlags: ["nodejs_compat"],
    },
  },
  {
    accountId: ACCOUNT,
    workerName: "queueit-connector-try",
    sites: [{ hostname: "try.example.com", zoneId: ZONE }],
    queueIt: { customerId: "acme" },
    backend: { type: "local", path: "states/try.tfstate" },
  },
];
