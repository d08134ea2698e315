import fc from "fast-check";
import type { BypassEntry, Environment } from "../../../../infra/environments/environment.ts";
import { SOUND } from "../sound-environment.ts";

type Property<Name extends keyof Environment> = fc.Arbitrary<NonNullable<Environment[Name]>>;

/** An object with each of its properties there or not. */
function some<Value extends object>(properties: { [Name in keyof Value]-?: fc.Arbitrary<Value[Name]> }) {
  return fc.record(properties, { requiredKeys: [] }) as fc.Arbitrary<Partial<Value>>;
}

const { customerId } = SOUND.queueIt;
const [{ zoneId = "", hostname }] = SOUND.sites;

const queueIt: Property<"queueIt"> = some<Omit<Environment["queueIt"], "customerId">>({
  enqueueToken: some({ validityMs: fc.constantFrom(240_000, 30_000), key: fc.boolean() }),
  clientIp: fc.constantFrom("cf-connecting-ip", "none"),
  requestBodyLimit: fc.constantFrom(2048, 0),
  matching: fc.constantFrom("as-configured", "normalized"),
  preflights: fc.constantFrom("pass", "queue"),
  prefetches: fc.constantFrom("refuse", "queue"),
  allowedOrigins: fc.subarray(["https://www.dk", "capacitor://localhost", "http://localhost:3000"]),
  configurationTtlSeconds: fc.constantFrom(60, 10),
  verifyAction: fc.constant({ url: "https://verify.dk" }),
  directPass: some({ timeoutMs: fc.constantFrom(3000, 800) }).map((timeout) => ({
    url: "https://pass.dk",
    ...timeout,
  })),
}).map((features) => ({ customerId, ...features }));

const seed = some({ seed: fc.constant("seed.json") });
const integrationConfiguration: Property<"integrationConfiguration"> = fc.oneof(
  seed.map((more) => ({ owner: "publish" as const, ...more })),
  some({ cron: fc.constantFrom("*/5 * * * *", "0 * * * *"), seed: fc.constant("seed.json") }).map((more) => ({
    owner: "pull" as const,
    ...more,
  })),
  fc.constant({ owner: "file" as const, path: "configuration.json" }),
);

const secrets: Property<"secrets"> = fc.oneof(
  fc.constant({ strategy: "variables" as const }),
  some({
    names: some({
      secretKey: fc.constantFrom("QUEUEIT_SECRET_KEY", "MY_KEY"),
      apiKey: fc.constantFrom("QUEUEIT_API_KEY", "MY_API_KEY"),
      directPassKey: fc.constantFrom("QUEUEIT_DIRECT_PASS_KEY", "MY_PASS"),
    }),
  }).map((names) => ({
    strategy: "secrets-store" as const,
    storeId: "00112233445566778899aabbccddeeff",
    ...names,
  })),
);

const backend: Property<"backend"> = fc.oneof(
  some({ path: fc.constantFrom("terraform.staging.tfstate", "state.tfstate") }).map((more) => ({
    type: "local" as const,
    ...more,
  })),
  some({
    key: fc.constantFrom("queueit/staging.tfstate", "state"),
    jurisdiction: fc.constant("eu" as const),
  }).map((more) => ({ type: "r2" as const, bucket: "states", ...more })),
  some({ key: fc.constantFrom("queueit/staging.tfstate", "state") }).map((more) => ({
    type: "s3" as const,
    bucket: "states",
    region: "eu-west-1",
    ...more,
  })),
  some({ hostname: fc.constantFrom("app.terraform.io", "terraform.acme.dk") }).map((more) => ({
    type: "hcp" as const,
    organization: "acme",
    workspace: "staging",
    ...more,
  })),
);

const worker: Property<"worker"> = fc.oneof(
  some({
    hooks: fc.constant("worker-hooks/example-search-bots.ts"),
    then: fc.constant({ service: "shop-frontend" }),
  }).map((more) => ({
    source: "bundled" as const,
    ...more,
  })),
  some({
    names: fc.constantFrom<Record<string, string>>({}, { QUEUEIT_API_KEY: "API" }),
    compatibilityDate: fc.constantFrom("2026-04-01", "2023-01-01"),
    compatibilityFlags: fc.constantFrom<string[]>(["nodejs_compat"], []),
  }).map((more) => ({ source: "file" as const, path: "vendor.js", format: "es-module" as const, ...more })),
);

const urls = fc.constantFrom<string[]>([], [`https://${hostname}/tickets`]);

/** Environments with every option there or not, and as its default or otherwise. */
export const environments: fc.Arbitrary<Environment> = fc
  .tuple(
    queueIt,
    some({
      protect: fc.constantFrom<string[]>(["/*"], ["/tickets*"]),
      bypass: fc.constantFrom<BypassEntry[]>(
        [],
        ["/static/*"],
        [{ pattern: "/account/*", worker: "shop-frontend" }],
      ),
    }),
    some<Omit<Environment, "queueIt" | "sites" | "accountId" | "workerName">>({
      integrationConfiguration,
      secrets,
      failure: fc.constantFrom("open", "closed"),
      observability: some({ samplingRate: fc.constantFrom(1, 0.5) }).chain((rate) =>
        fc.boolean().map((enabled) => ({ enabled, ...rate })),
      ),
      backend,
      promotedFrom: fc.constant("qa"),
      meantToDiffer: fc.constantFrom([], ["failure"]),
      freeze: fc.constantFrom([], [{ from: "2026-11-27T00:00Z", until: "2026-11-28T00:00Z", why: "Sale" }]),
      worker,
      namespaceTitle: fc.constantFrom("queueit-staging-integration-config", "queue-it"),
      adopted: some({
        namespaceId: fc.constant("00112233445566778899aabbccddeeff"),
        configuration: fc.constant(false),
        worker: fc.boolean(),
        routes: fc.constant([]),
      }),
      coverage: some({ protected: urls, bypassed: urls, ignored: urls }),
    }),
  )
  .map(([features, paths, more]) => ({
    ...SOUND,
    ...more,
    queueIt: features,
    sites: [{ zoneId, hostname, ...paths }],
  }));
