import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../../worker/deployment/variables.ts";
import type { Binding } from "../../../infra/specification/specification.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { validateEnvironments } from "../../../infra/environments/definition/validation.ts";
import type { Environment, NamedEnvironment } from "../../../infra/environments/environment.ts";
import { readConfigurationFile } from "../../../infra/queue-it/configuration-file.ts";
import { SITE, SOUND } from "../environments/sound-environment.ts";

const workerFile = { path: "/dist/worker.mjs", sha256: "ab".repeat(32), format: "es-module" } as const;

function specOf(changes: Partial<Environment> = {}, others: readonly NamedEnvironment[] = []) {
  const named = { name: "staging", environment: { ...SOUND, ...changes } };
  const readConfiguration = (path: string) => `{"read":"${path}"}`;
  return specify({ named, all: [named, ...others], workerFile, readConfiguration });
}

const names = (bindings: readonly Binding[]) => bindings.map(({ name }) => name);
const textOf = (bindings: readonly Binding[], name: string) =>
  bindings.flatMap((binding) =>
    binding.type === "plain_text" && binding.name === name ? [binding.text] : [],
  )[0];

describe("the specification of a small environment", () => {
  it("writes every setting that matters, in a fixed order", () => {
    expect(specOf().worker.bindings).toEqual([
      { type: "kv_namespace", name: "IntegrationConfigKV" },
      { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "ticketsandmore" },
      { type: "plain_text", name: "QUEUEIT_ENQT_ENABLED", text: "false" },
      { type: "plain_text", name: "QUEUEIT_CLIENT_IP", text: "cf-connecting-ip" },
      { type: "plain_text", name: "QUEUEIT_REQUEST_BODY_LIMIT", text: "2048" },
      { type: "plain_text", name: "QUEUEIT_MATCHING", text: "as-configured" },
      { type: "plain_text", name: "QUEUEIT_PREFLIGHTS", text: "pass" },
      { type: "plain_text", name: "QUEUEIT_PREFETCHES", text: "refuse" },
      { type: "plain_text", name: "QUEUEIT_CONFIG_OWNER", text: "publish" },
      { type: "plain_text", name: "QUEUEIT_CONFIG_TTL", text: "60" },
      { type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text: "open" },
      { type: "plain_text", name: "QUEUEIT_BUNDLE_SHA256", text: "ab".repeat(32) },
      { type: "secret_text", name: "QUEUEIT_SECRET_KEY", variable: "queueit_secret_key" },
    ]);
  });

  it("names the KV namespace and the state after the environment", () => {
    expect(specOf()).toMatchObject({
      namespace: { title: "queueit-staging-integration-config" },
      backend: { type: "local", path: "terraform.staging.tfstate" },
      promotedFrom: undefined,
      exampleValues: [],
    });
  });

  it("runs the bundle as it was built and tested, with full logs", () => {
    expect(specOf().worker).toMatchObject({
      name: "queueit-connector",
      file: workerFile,
      compatibilityDate: "2026-04-01",
      compatibilityFlags: [],
      observability: { enabled: true, samplingRate: 1 },
    });
  });
});

describe("the owner of the integration configuration", () => {
  it("is Queue-it's platform by default, over a seed that the Worker accepts", () => {
    const { configuration } = specOf();
    if (configuration.owner !== "publish") throw new Error(configuration.owner);
    expect(readConfigurationFile(configuration.seed)).toMatchObject({ ok: true, json: configuration.seed });
    // The SDK takes a configuration whose Version is not truthy for a missing one.
    expect(JSON.parse(configuration.seed)).toMatchObject({ Version: 1, Integrations: [] });
  });

  it("may be the Worker, on a schedule and with the API key", () => {
    const spec = specOf({ integrationConfiguration: { owner: "pull", seed: "seed.json" } });
    expect(spec.configuration).toEqual({ owner: "pull", seed: '{"read":"seed.json"}', cron: "*/5 * * * *" });
    expect(spec.secretVariables.map(({ name }) => name)).toEqual(["queueit_secret_key", "queueit_api_key"]);
    expect(textOf(spec.worker.bindings, "QUEUEIT_CONFIG_OWNER")).toBe("pull");
  });

  it("may be a file of the repository", () => {
    const spec = specOf({ integrationConfiguration: { owner: "file", path: "configuration.json" } });
    expect(spec.configuration).toEqual({ owner: "file", value: '{"read":"configuration.json"}' });
    expect(textOf(spec.worker.bindings, "QUEUEIT_CONFIG_OWNER")).toBe("file");
  });
});

describe("features of the connector", () => {
  it("become variables, with the defaults of what they leave open", () => {
    const { bindings } = specOf({
      queueIt: {
        customerId: "acme",
        enqueueToken: {},
        verifyAction: { url: "https://verify.dk" },
        directPass: { url: "https://pass.dk" },
      },
    }).worker;
    expect(textOf(bindings, VARIABLES.enqueueTokenEnabled)).toBe("true");
    expect(textOf(bindings, VARIABLES.enqueueTokenValidity)).toBe("240000");
    expect(textOf(bindings, VARIABLES.enqueueTokenKeyEnabled)).toBe("false");
    expect(textOf(bindings, VARIABLES.verifyActionUrl)).toBe("https://verify.dk");
    expect(textOf(bindings, VARIABLES.directPassTimeout)).toBe("3000");
  });

  it("bring the secrets they need, each from the variable of its own name", () => {
    const spec = specOf({
      queueIt: {
        customerId: "a",
        verifyAction: { url: "https://v.dk" },
        directPass: { url: "https://p.dk" },
      },
    });
    const secrets = spec.worker.bindings.filter((binding) => binding.type === "secret_text");
    expect(secrets.map(({ name, variable }) => [name, variable])).toEqual([
      ["QUEUEIT_SECRET_KEY", "queueit_secret_key"],
      ["QUEUEIT_API_KEY", "queueit_api_key"],
      ["QUEUEIT_DIRECT_PASS_KEY", "queueit_direct_pass_key"],
    ]);
    expect(spec.secretVariables.map(({ name }) => name)).toEqual(secrets.map(({ variable }) => variable));
  });
});

describe("secrets in the Secrets Store", () => {
  const storeId = "00112233445566778899aabbccddeeff";

  it("are bound by their names there, and need no Terraform variable", () => {
    const spec = specOf({
      secrets: { strategy: "secrets-store", storeId, names: { secretKey: "MY_KEY" } },
      integrationConfiguration: { owner: "pull" },
    });
    expect(spec.secretVariables).toEqual([]);
    expect(spec.worker.bindings.slice(-2)).toEqual([
      { type: "secrets_store_secret", name: "QUEUEIT_SECRET_KEY", storeId, secretName: "MY_KEY" },
      { type: "secrets_store_secret", name: "QUEUEIT_API_KEY", storeId, secretName: "QUEUEIT_API_KEY" },
    ]);
  });
});

describe("routes", () => {
  it("begin with the bypasses of all sites, each in its own zone and as Cloudflare writes it", () => {
    const { routes, publishUrl } = specOf({
      sites: [
        { ...SITE, protect: ["/a/*", "/b/*"], bypass: ["/static/*"] },
        { zoneName: "münchen.de", hostname: "münchen.de", bypass: ["https://MÜNCHEN.de/Static/*"] },
      ],
    });
    const zone = { id: SITE.zoneId };
    const other = { name: "münchen.de" };
    expect(routes).toEqual([
      { kind: "bypass", pattern: "shop.tickets-and-more.dk/static/*", zone },
      { kind: "bypass", pattern: "https://xn--mnchen-3ya.de/Static/*", zone: other },
      { kind: "protect", pattern: "shop.tickets-and-more.dk/a/*", zone },
      { kind: "protect", pattern: "shop.tickets-and-more.dk/b/*", zone },
      { kind: "protect", pattern: "xn--mnchen-3ya.de/*", zone: other },
    ]);
    expect(publishUrl).toBe("https://shop.tickets-and-more.dk/a/?__push_queueit_config");
  });
});

describe("promotion", () => {
  it("leads to the state of the other environment, with its defaults filled in", () => {
    const backend = { type: "r2", bucket: "states" } as const;
    const others = [{ name: "qa", environment: { ...SOUND, backend } }];
    expect(specOf({ promotedFrom: "qa" }, others).promotedFrom).toEqual({
      environment: "qa",
      backend: { type: "r2", accountId: SOUND.accountId, bucket: "states", key: "queueit/qa.tfstate" },
    });
  });
});

describe("a Worker from elsewhere", () => {
  const worker = { source: "file", path: "vendor.js", format: "service-worker" } as const;

  it("is not told its hash: only ours answers with it", () => {
    expect(textOf(specOf({ worker }).worker.bindings, "QUEUEIT_BUNDLE_SHA256")).toBeUndefined();
  });

  it("runs with Node's compatibility unless it says otherwise", () => {
    expect(specOf({ worker }).worker.compatibilityFlags).toEqual(["nodejs_compat"]);
    const old = { ...worker, compatibilityDate: "2023-01-01", compatibilityFlags: [] };
    expect(specOf({ worker: old }).worker).toMatchObject({
      compatibilityDate: "2023-01-01",
      compatibilityFlags: [],
    });
  });

  it("gets its bindings under its own names, and the secrets from the same variables", () => {
    const renamed = {
      IntegrationConfigKV: "KV",
      QUEUEIT_CUSTOMER_ID: "CustomerId",
      QUEUEIT_SECRET_KEY: "Key",
    };
    const { bindings } = specOf({ worker: { ...worker, names: renamed } }).worker;
    expect(names(bindings)).toEqual(expect.arrayContaining(["KV", "CustomerId", "Key"]));
    expect(names(bindings)).not.toEqual(expect.arrayContaining(["QUEUEIT_CUSTOMER_ID"]));
    expect(bindings.at(-1)).toEqual({ type: "secret_text", name: "Key", variable: "queueit_secret_key" });
  });
});

describe("example values", () => {
  it("are told in words", () => {
    const { exampleValues } = specOf({
      accountId: "0123456789abcdef0123456789abcdef",
      queueIt: { customerId: "acme" },
      sites: [{ ...SITE, hostname: "shop.example.com" }],
    });
    expect(exampleValues).toEqual([
      'accountId is "0123456789abcdef0123456789abcdef"',
      'sites[0].hostname is "shop.example.com"',
      'queueIt.customerId is "acme"',
    ]);
  });
});

describe("every specification", () => {
  const strategies = fc.constantFrom<NonNullable<Environment["secrets"]>>(
    { strategy: "variables" },
    { strategy: "secrets-store", storeId: "00112233445566778899aabbccddeeff" },
  );
  const owners = fc.constantFrom<NonNullable<Environment["integrationConfiguration"]>>(
    { owner: "publish" },
    { owner: "pull", cron: "0 * * * *" },
    { owner: "file", path: "configuration.json" },
  );
  const workers = fc.constantFrom<NonNullable<Environment["worker"]>>(
    { source: "bundled" },
    { source: "file", path: "vendor.js", format: "es-module", names: { QUEUEIT_API_KEY: "API" } },
  );
  const features = fc.record<Omit<Environment["queueIt"], "customerId">>(
    {
      enqueueToken: fc.constantFrom({}, { validityMs: 30_000, key: true }),
      requestBodyLimit: fc.nat(2048),
      verifyAction: fc.constant({ url: "https://verify.dk" }),
      directPass: fc.constant({ url: "https://pass.dk", timeoutMs: 900 }),
    },
    { requiredKeys: [] },
  );
  const hostnames = fc.constantFrom<readonly [string, ...string[]]>(["a.dk"], ["a.dk", "b.a.dk", "c.b.a.dk"]);
  const environments = fc
    .record({ secrets: strategies, integrationConfiguration: owners, worker: workers, features, hostnames })
    .map(({ features: queueIt, hostnames: [first, ...more], ...rest }): Partial<Environment> => {
      const site = (hostname: string) => ({ ...SITE, hostname });
      return { ...rest, queueIt: { customerId: "a", ...queueIt }, sites: [site(first), ...more.map(site)] };
    });
  const everySpec = (check: (spec: ReturnType<typeof specOf>, environment: Partial<Environment>) => void) => {
    fc.assert(
      fc.property(environments, (environment) => {
        check(specOf(environment), environment);
      }),
    );
  };

  it("comes from an environment without errors", () => {
    const files = new Map([
      ["configuration.json", '{"Version":1,"Integrations":[]}'],
      ["vendor.js", ""],
    ]);
    everySpec((_spec, environment) => {
      const named = { name: "staging", environment: { ...SOUND, ...environment } };
      expect(validateEnvironments([named], (path) => files.get(path))).toEqual([]);
    });
  });

  it("is the same for the same environment", () => {
    everySpec((spec, environment) => {
      expect(specOf(environment)).toEqual(spec);
    });
  });

  it("has the namespace's binding first, no name twice, and plain variables before secrets", () => {
    everySpec(({ worker: { bindings } }) => {
      expect(bindings[0]).toEqual({ type: "kv_namespace", name: CONFIGURATION_BINDING });
      expect(new Set(names(bindings)).size).toBe(bindings.length);
      const types = bindings.map(({ type }) => type);
      expect(types.lastIndexOf("plain_text")).toBeLessThan(
        types.findIndex((type) => type.startsWith("secret")),
      );
    });
  });

  it("never has a secret as a plain variable, and always the secret key", () => {
    everySpec(({ worker: { bindings } }) => {
      const plain = bindings.filter(({ type }) => type === "plain_text");
      expect(names(plain).filter((name) => Object.values<string>(SECRETS).includes(name))).toEqual([]);
      expect(names(bindings)).toContain(SECRETS.secretKey);
    });
  });

  it("declares a Terraform variable for each secret that comes from one, and for no other", () => {
    everySpec(({ worker: { bindings }, secretVariables }) => {
      const used = bindings.flatMap((binding) => (binding.type === "secret_text" ? [binding.variable] : []));
      expect(secretVariables.map(({ name }) => name)).toEqual(used);
    });
  });

  it("holds no value of a secret, even where the process has them all", () => {
    const value = "fake-secret-value-1";
    const variables = ["queueit_secret_key", "queueit_api_key", "queueit_direct_pass_key"].map(
      (name) => `TF_VAR_${name}`,
    );
    for (const variable of [...variables, ...Object.values(SECRETS)]) process.env[variable] = value;
    try {
      everySpec((spec) => {
        expect(JSON.stringify(spec)).not.toContain(value);
      });
    } finally {
      for (const variable of [...variables, ...Object.values(SECRETS)])
        Reflect.deleteProperty(process.env, variable);
    }
  });
});
