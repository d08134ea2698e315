import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { ENVIRONMENT } from "../../../../infra/environments/definition/schema.ts";
import type { Environment } from "../../../../infra/environments/environment.ts";
import { validateEnvironments } from "../../../../infra/environments/definition/validation.ts";
import { problemsOf } from "../problems.ts";
import { SITE, SOUND } from "../sound-environment.ts";

describe("a sound environment", () => {
  it("has no problem", () => {
    expect(problemsOf(SOUND)).toEqual([]);
  });

  it("has no problem with every option set", () => {
    const everything = {
      ...SOUND,
      sites: [
        { zoneName: "tickets-and-more.dk", hostname: "shop.tickets-and-more.dk", bypass: ["/static/*"] },
        { zoneName: "münchen.de", hostname: "shop.münchen.de", protect: ["shop.münchen.de/*"] },
      ],
      queueIt: {
        customerId: "TicketsAndMore",
        enqueueToken: { validityMs: 30_000, key: true },
        requestBodyLimit: 0,
        matching: "as-configured",
        preflights: "pass",
        prefetches: "refuse",
        configurationTtlSeconds: 10,
        verifyAction: { url: "https://verify.queue-it.net/v1?x=1" },
        directPass: { url: "https://pass.queue-it.net", timeoutMs: 800 },
      },
      integrationConfiguration: { owner: "pull", cron: "*/2 8-18 * * mon-fri", seed: "seed.json" },
      secrets: {
        strategy: "secrets-store",
        storeId: "00112233445566778899aabbccddeeff",
        names: { secretKey: "QUEUE_SECRET", apiKey: "QUEUE_API", directPassKey: "QUEUE_PASS" },
      },
      failure: "closed",
      observability: { enabled: true, samplingRate: 0.25 },
      backend: { type: "r2", bucket: "terraform-state", key: "queueit/a.tfstate", jurisdiction: "eu" },
      worker: {
        source: "file",
        path: "vendor/worker.js",
        format: "service-worker",
        names: { QUEUEIT_CUSTOMER_ID: "CustomerId" },
        compatibilityDate: "2025-02-28",
        compatibilityFlags: ["nodejs_compat"],
      },
    };
    const files = { "seed.json": '{"Version":1,"Description":"","Integrations":[]}', "vendor/worker.js": "" };
    expect(problemsOf(everything, files)).toEqual([]);
  });
});

describe("the schema", () => {
  it("takes everything that the type of an environment allows", () => {
    expectTypeOf<Environment>().toExtend<z.input<typeof ENVIRONMENT>>();
  });
});

describe("one property that is wrong", () => {
  const queueIt = (settings: object) => ({ queueIt: { ...SOUND.queueIt, ...settings } });
  const site = (changes: object) => ({ sites: [{ ...SITE, ...changes }] });

  it.each<[string, object, string]>([
    ["a short account id", { accountId: "abc" }, "accountId account-id"],
    ["an upper-case account id", { accountId: "A".repeat(32) }, "accountId account-id"],
    ["a Worker name with a space", { workerName: "My Worker" }, "workerName worker-name"],
    ["a Worker name of 64 characters", { workerName: "w".repeat(64) }, "workerName worker-name"],
    ["no site", { sites: [] }, "sites no-sites"],
    ["a malformed zone id", site({ zoneId: "zone" }), "sites[0].zoneId zone-id"],
    ["an upper-case hostname", site({ hostname: "Shop.tickets-and-more.dk" }), "sites[0].hostname hostname"],
    ["a hostname with a scheme", site({ hostname: "https://a.dk" }), "sites[0].hostname hostname"],
    ["a hostname with a port", site({ hostname: "a.dk:443" }), "sites[0].hostname hostname"],
    ["a wildcard hostname", site({ hostname: "*.a.dk" }), "sites[0].hostname hostname"],
    ["an infix wildcard", site({ bypass: ["/*.jpg"] }), "sites[0].bypass[0] route-pattern"],
    ["a query string", site({ protect: ["/*", "/a?b=*"] }), "sites[0].protect[1] route-pattern"],
    ["a path without its slash", site({ bypass: ["static/*"] }), "sites[0].bypass[0] route-pattern"],
    [
      "a customer id with its domain",
      queueIt({ customerId: "a.queue-it.net" }),
      "queueIt.customerId customer-id",
    ],
    [
      "a token of 29 s",
      queueIt({ enqueueToken: { validityMs: 29_999 } }),
      "queueIt.enqueueToken.validityMs number-range",
    ],
    [
      "a token of two days",
      queueIt({ enqueueToken: { validityMs: 172_800_000 } }),
      "queueIt.enqueueToken.validityMs number-range",
    ],
    ["a body limit above 2048", queueIt({ requestBodyLimit: 2049 }), "queueIt.requestBodyLimit number-range"],
    ["half a character", queueIt({ requestBodyLimit: 0.5 }), "queueIt.requestBodyLimit number-range"],
    [
      "a lifetime of 9 s",
      queueIt({ configurationTtlSeconds: 9 }),
      "queueIt.configurationTtlSeconds number-range",
    ],
    [
      "an http endpoint",
      queueIt({ verifyAction: { url: "http://a.dk" } }),
      "queueIt.verifyAction.url endpoint-url",
    ],
    [
      "an endpoint with a login",
      queueIt({ directPass: { url: "https://u:p@a.dk" } }),
      "queueIt.directPass.url endpoint-url",
    ],
    [
      "an endpoint over 5 KB",
      queueIt({ verifyAction: { url: `https://a.dk/${"a".repeat(5200)}` } }),
      "queueIt.verifyAction.url endpoint-url",
    ],
    [
      "a time-out of 100 ms",
      queueIt({ directPass: { url: "https://a.dk", timeoutMs: 100 } }),
      "queueIt.directPass.timeoutMs number-range",
    ],
    [
      "an unknown owner",
      { integrationConfiguration: { owner: "push" } },
      "integrationConfiguration.owner choice",
    ],
    ["no owner", { integrationConfiguration: {} }, "integrationConfiguration.owner choice"],
    [
      "a cron of publish",
      { integrationConfiguration: { owner: "publish", cron: "* * * * *" } },
      "integrationConfiguration.cron unknown-property",
    ],
    [
      "a cron of four fields",
      { integrationConfiguration: { owner: "pull", cron: "* * * *" } },
      "integrationConfiguration.cron cron",
    ],
    ["a store without its id", { secrets: { strategy: "secrets-store" } }, "secrets.storeId missing"],
    [
      "a malformed store id",
      { secrets: { strategy: "secrets-store", storeId: "x" } },
      "secrets.storeId store-id",
    ],
    ["a failure mode of its own", { failure: "ajar" }, "failure choice"],
    [
      "a sampling rate of 2",
      { observability: { enabled: true, samplingRate: 2 } },
      "observability.samplingRate number-range",
    ],
    ["a text for true", { observability: { enabled: "yes" } }, "observability.enabled type"],
    ["an unknown backend", { backend: { type: "azure" } }, "backend.type choice"],
    [
      "a state key with a slash first",
      { backend: { type: "r2", bucket: "abc", key: "/a" } },
      "backend.key state-key",
    ],
    ["an absolute state path", { backend: { type: "local", path: "/tmp/a" } }, "backend.path file-path"],
    [
      "an impossible date",
      { worker: { source: "file", path: "w.js", format: "es-module", compatibilityDate: "2025-02-30" } },
      "worker.compatibilityDate date",
    ],
    ["itself as origin", { promotedFrom: "staging" }, "promotedFrom promotion-self"],
    ["an unknown origin", { promotedFrom: "test" }, "promotedFrom promotion-unknown"],
    ["a misspelt property", { faliure: "open" }, "faliure unknown-property"],
  ])("is found: %s", (_name, changes, expected) => {
    expect(problemsOf({ ...SOUND, ...changes }, { "w.js": "" })).toEqual([`error staging ${expected}`]);
  });

  it("names the property that was probably meant", () => {
    const [problem] = validateEnvironments(
      [{ name: "a", environment: { ...SOUND, faliure: "open" } }],
      () => undefined,
    );
    expect(problem?.remedy).toBe("did you mean failure?");
  });
});
