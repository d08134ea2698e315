import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../../infra/bundles/build-bundle.ts";
import type { WorkerFile } from "../../../../infra/specification/specification.ts";
import { specify } from "../../../../infra/specification/specify.ts";
import { requireValid } from "../../../../infra/environments/definition/report.ts";
import { settled } from "../../../../infra/environments/definition/settled.ts";
import { validateEnvironments } from "../../../../infra/environments/definition/validation.ts";
import type { Environment } from "../../../../infra/environments/environment.ts";
import production from "../../../../infra/environments/production.ts";
import staging from "../../../../infra/environments/staging.ts";
import { demoConfiguration } from "../../../../infra/local/queue-it/demo-configuration.ts";
import { checkSixSteps } from "../../../../infra/local/preview/six-steps.ts";
import { findTriedPage } from "../../../../infra/local/preview/find-tried-page.ts";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { type Preview, startPreview } from "../../../../infra/local/preview/preview.ts";
import { routedSites } from "../../../../infra/local/sites/routed-sites.ts";
import type { Target } from "../../../../infra/specification/target.ts";
import type { IntegrationConfiguration } from "../../../../worker/configuration/integration-configuration.ts";

const ZONE = { zoneId: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" };
const SHOP = { ...ZONE, hostname: "shop.acme.test" };

const SHOPS: Readonly<Record<string, Partial<Environment>>> = {
  "the repository's staging": staging,
  "the repository's production": { sites: production.sites, coverage: production.coverage ?? {} },
  "events, checkout and assets": {
    sites: [{ ...SHOP, protect: ["/event/*", "/checkout*"], bypass: ["/assets/*"] }],
  },
  "every event": { sites: [{ ...SHOP, protect: ["/event*"] }] },
  "a name outside ASCII": {
    sites: [{ ...ZONE, hostname: "bücher.acme.test", protect: ["/event/*"], bypass: ["/assets/*"] }],
    coverage: { protected: ["https://bücher.acme.test/event/finale"] },
  },
  "two sites with different paths": {
    sites: [
      { ...SHOP, protect: ["/event/*"], bypass: ["/event/pictures/*"] },
      { ...ZONE, hostname: "my.shop.acme.test", protect: ["/caf%C3%A9/*"], bypass: ["/assets/*"] },
    ],
  },
  "one exact page beside others": { sites: [{ ...SHOP, protect: ["/event/finale", "/sale*"] }] },
  "a configuration and a waiting room's domain of its own": {
    sites: [{ ...SHOP, protect: ["/*"], bypass: ["/static/*"] }],
    integrationConfiguration: { owner: "file", path: "own.json" },
    coverage: { protected: ["https://shop.acme.test/sale/1"], ignored: ["https://shop.acme.test/tickets"] },
  },
  "a configuration of its own, and no promise": {
    sites: [{ ...SHOP, protect: ["/*"], bypass: ["/static/*"] }],
    integrationConfiguration: { owner: "file", path: "own.json" },
  },
  "normalized matching": {
    sites: [{ ...SHOP, protect: ["/event/*"] }],
    queueIt: { ...staging.queueIt, matching: "normalized" },
    coverage: { ignored: ["https://shop.acme.test/event/status"] },
  },
};

/** A sale, on the waiting room's own domain, and nothing of the demo. */
const OWN_CONFIGURATION = JSON.stringify({
  ...demoConfiguration(["shop.acme.test"], { customerId: "acme" }),
  Integrations: demoConfiguration(["shop.acme.test"], { customerId: "acme" })
    .Integrations.filter(({ Name }) => Name === "Ticket pages")
    .map((action) => ({
      ...action,
      QueueDomain: "wait.acme.test",
      Triggers: [
        {
          LogicalOperator: "Or",
          TriggerParts: [
            {
              ValidatorType: "UrlValidator",
              UrlPart: "PagePath",
              Operator: "Contains",
              ValueToCompare: "/sale",
            },
          ],
        },
      ],
    })),
});

let workerFile: WorkerFile;
beforeAll(async () => {
  workerFile = await buildBundle(await mkdtemp(join(tmpdir(), "test-shops-")));
});
let preview: Preview | undefined;
afterEach(async () => {
  await preview?.close();
  preview = undefined;
});

async function previewOf(change: Partial<Environment>) {
  const files = [{ name: "staging", environment: { ...staging, coverage: {}, ...change } }];
  const all = requireValid(
    files,
    validateEnvironments(files, () => OWN_CONFIGURATION),
  );
  const [named] = all;
  if (named === undefined) throw new Error("There is no environment.");
  const environment = {
    named,
    spec: specify({ named, all, workerFile, readConfiguration: () => OWN_CONFIGURATION }),
  };
  preview = await startPreview({ ...environment, port: 0, outflow: 60_000, log: () => undefined });
  return { environment, preview };
}

function targetOf({ named, spec }: Target, { queueIt, localUrl }: Preview) {
  return findTriedPage({
    ...routedSites({ named, spec }),
    matching: settled(named).queueIt.matching,
    configuration: JSON.parse(queueIt.getConfiguration()) as IntegrationConfiguration,
    localUrl,
  });
}

/** What a new visitor meets at an address: a waiting room, or the Worker or none and the status. */
async function met(url: string): Promise<string> {
  const visitor = new Visitor();
  const answer = await visitor.get(url).finally(() => visitor.close());
  if ((answer.headers.get("location") ?? "").includes("?c=acme&")) return "waiting room";
  return `${answer.headers.get("x-queueit-connector") === null ? "origin" : "Worker"} ${answer.status}`;
}

const EXPECTED: readonly (readonly [label: RegExp, met: RegExp])[] = [
  [/^(Tickets|Protected page)/, /^waiting room$/],
  [/^(Static file|Bypassed page|Page without a route)/, /^origin 200$/],
  // There is no session to cancel yet.
  [/^(Health check|Live stock|Leave|Page left alone|Open page)/, /^Worker 200$/],
  [/^Checkout/, /^(Worker|origin) 200$/],
];

describe.each(Object.entries(SHOPS))("a preview of %s", (_name, change) => {
  it("is checked without a fault, and says of each page what is so", async () => {
    const { environment, preview } = await previewOf(change);
    const results = [];
    for await (const result of checkSixSteps(await targetOf(environment, preview))) results.push(result);
    expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(8);

    expect(preview.links).not.toEqual([]);
    for (const { label, url, explains } of preview.links) {
      const expected = EXPECTED.find(([pattern]) => pattern.test(label))?.[1];
      expect(`${label}: ${await met(url)}`).toMatch(
        new RegExp(`: ${expected?.source.slice(1) ?? "known label"}`),
      );
      expect(explains).toMatch(/protected by|bypassed by|no route/i);
    }
    expect(preview.links.some(({ explains }) => explains.includes("(Queue)"))).toBe(true);
  });
});

describe("a preview of one page without a wildcard", () => {
  const change: Partial<Environment> = { sites: [{ ...SHOP, protect: ["/event/finale"] }] };

  it("sends new visitors to the waiting room, and warns that nobody can publish", async () => {
    const { preview } = await previewOf(change);
    expect(await met(preview.localUrl("https://shop.acme.test/event/finale"))).toBe("waiting room");
    expect(preview.steps.flatMap(({ warning }) => warning ?? [])).toEqual([
      expect.stringContaining("No site has an address that Queue-it's platform could publish to"),
    ]);
  });

  it("fails its check, because no token could come back, with a remedy that works", async () => {
    const { environment, preview } = await previewOf(change);
    await expect(targetOf(environment, preview)).rejects.toMatchObject({
      code: "check-no-query",
      message: expect.stringContaining("shop.acme.test/event/finale*") as string,
    });
  });
});

it("a check fails at a promised page that the configuration of a file does not queue", async () => {
  const shop = SHOPS["a configuration and a waiting room's domain of its own"];
  const { environment, preview } = await previewOf({
    ...shop,
    coverage: { protected: ["https://shop.acme.test/sale/1", "https://shop.acme.test/about"] },
  });
  const results = [];
  for await (const result of checkSixSteps(await targetOf(environment, preview))) results.push(result);
  expect(results.filter(({ outcome }) => outcome === "failed")).toMatchObject([
    { detail: expect.stringContaining("https://shop.acme.test/about") as string },
  ]);
});

describe("a check of a shop with nothing but a protected route", () => {
  it("says of what there is nothing to try for that it was not tried", async () => {
    const { environment, preview } = await previewOf({ sites: [{ ...SHOP, protect: ["/*"] }] });
    const results = [];
    for await (const result of checkSixSteps(await targetOf(environment, preview))) results.push(result);
    expect(results.filter(({ outcome }) => outcome === "skipped").map(({ step }) => step.trim())).toEqual([
      "All other pages lead to a waiting room",
      "An ignored page is left alone",
      "A bypass route never reaches the Worker",
    ]);
  });
});

describe("a check of what the coverage promises against the configuration of a file", () => {
  it.each([
    ["an ignored page that queues", { ignored: ["https://shop.acme.test/sale/2"] }, "coverage.ignored"],
    ["a bypassed page on no bypass route", { bypassed: ["https://shop.acme.test/about"] }, "bypass routes"],
  ])("fails at %s", async (_name, promised, remedy) => {
    const { environment, preview } = await previewOf({
      ...SHOPS["a configuration and a waiting room's domain of its own"],
      coverage: {},
    });
    const own = routedSites(environment);
    const target = await findTriedPage({
      ...own,
      coverage: promised,
      matching: "as-configured",
      configuration: JSON.parse(preview.queueIt.getConfiguration()) as IntegrationConfiguration,
      localUrl: preview.localUrl,
    });
    const results = [];
    for await (const result of checkSixSteps(target)) results.push(result);
    expect(results.at(-1)).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining(remedy) as string,
    });
  });
});
