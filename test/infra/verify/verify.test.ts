import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Coverage } from "../../../infra/environments/environment.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { requireVerified } from "../../../infra/deploy/promotion.ts";
import type { Check } from "../../../infra/verify/check.ts";
import { askStatus } from "../../../infra/verify/deployed-status.ts";
import type { Reach } from "../../../infra/verify/reach.ts";
import { verdictOf } from "../../../infra/verify/verdict.ts";
import { verifyJson } from "../../../infra/verify/verify-json.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { type VerifyOptions, verify } from "../../../infra/verify/verify.ts";
import { World } from "../deploy/world.ts";

const SHOP = "https://shop.staging.example.com";
const AT_ONCE = { retries: 0 } as const;
/** Staging's, as it ships. */
const ZONE = { id: "fedcba9876543210fedcba9876543210" } as const;

let world: World;
let bundle: string;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  bundle = world.staging.spec.worker.file.sha256;
});
afterAll(() => world.close());

function options(changed: Partial<VerifyOptions> = {}): VerifyOptions {
  const { staging: target, reach, secretKey, account } = world;
  return { target, reach, secretKey, bundle, account, patience: AT_ONCE, ...changed };
}

async function checksOf(changed: Partial<VerifyOptions> = {}): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for await (const check of verify(options(changed))) checks.push(check);
  return checks;
}

/** What is not green, each as the check and what it says. */
async function problems(changed: Partial<VerifyOptions> = {}): Promise<readonly string[]> {
  const open = (await checksOf(changed)).filter(({ outcome }) => outcome !== "passed");
  return open.map(({ outcome, name, detail }) => `${outcome} ${name}: ${detail}`);
}

/** Staging with other routes than it was deployed with. */
function withRoutes(change: (routes: Target["spec"]["routes"]) => Target["spec"]["routes"]): Target {
  const { spec, ...rest } = world.staging;
  return { ...rest, spec: { ...spec, routes: change(spec.routes) } };
}

function withEnvironment(changed: Partial<Target["named"]["environment"]>): Target {
  const { named, ...rest } = world.staging;
  return { ...rest, named: { ...named, environment: { ...named.environment, ...changed } } };
}

/** Sets a variable of staging's Worker by hand; what is returned sets it back. */
async function setVariable(name: string, text: string): Promise<() => Promise<void>> {
  const { account } = world.server;
  const worker = world.staging.spec.worker.name;
  const before = account.script(worker);
  if (before === undefined) throw new Error("Staging has no Worker.");
  const bindings = before.bindings.map((binding) =>
    binding.name === name && binding.type === "plain_text" ? { ...binding, text } : binding,
  );
  await account.changeScript(worker, () => ({ ...before, bindings }));
  return async () => {
    await account.changeScript(worker, () => before);
  };
}

const withCoverage = (coverage: Coverage): Target => withEnvironment({ coverage });

describe("the verification of a deployed environment", () => {
  it("finds nothing where all is as it has to be, and says that it is ready", async () => {
    const checks = await checksOf();
    expect(checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(verdictOf("staging", checks)).toEqual({
      ready: true,
      sentence: "staging is ready for the sale: all 9 checks passed.",
    });
    expect(faultsInOutput(verifyJson("staging", checks))).toEqual([]);
  });

  it("tells each promised page that does not queue, by its address, and what to do", async () => {
    const target = withCoverage({
      protected: [`${SHOP}/tickets`, `${SHOP}/about`, `${SHOP}/health`],
      bypassed: [`${SHOP}/static/app.js`, `${SHOP}/static/b.js`],
    });
    const checks = await checksOf({ target });
    expect(checks.filter(({ name }) => name.endsWith("bypasses the Worker")).map(({ page }) => page)).toEqual(
      expect.arrayContaining([`${SHOP}/static/app.js`, `${SHOP}/static/b.js`]),
    );
    const open = checks.filter(({ outcome }) => outcome !== "passed");
    expect(open).toMatchObject([
      {
        host: "shop.staging.example.com",
        page: `${SHOP}/about`,
        detail: expect.stringMatching(
          /^answered \d+ and let the visitor pass: no action of the integration configuration \(version \d+, \d+ actions\) applies there$/,
        ),
        remedy: expect.stringContaining("publish the integration configuration again in Queue-it"),
      },
      { page: `${SHOP}/health`, detail: expect.stringContaining("(Ignore) does not make anybody queue") },
    ]);
    expect(verdictOf("staging", checks).sentence).toBe(
      `staging is not ready for the sale, because 2 of ${checks.length} checks failed (${SHOP}/about sends a new visitor ` +
        `to the waiting room; ${SHOP}/health sends a new visitor to the waiting room).`,
    );
  });

  it("tells a page that has to be left alone, and queues", async () => {
    const target = withCoverage({ protected: [`${SHOP}/tickets`], ignored: [`${SHOP}/tickets/vip`] });
    expect(await problems({ target })).toEqual([
      expect.stringContaining(`${SHOP}/tickets/vip leaves visitors alone: answered 302, to waiting room`),
    ]);
  });

  it("tells a page whose visitors cannot come back", async () => {
    const target = withRoutes((routes) =>
      routes.map((route) =>
        route.kind === "protect" ? { ...route, pattern: "shop.staging.example.com/tickets" } : route,
      ),
    );
    expect((await problems({ target })).join("\n")).toContain("but nobody comes back");
  });

  it("says of a host without a known page that queues that it was not tried", async () => {
    const found = await problems({ target: withCoverage({}) });
    expect(found).toEqual([
      expect.stringMatching(
        /^skipped a signed token gets a session at .*: no page of this host sends visitors/,
      ),
    ]);
    await expect(requireVerified(options({ target: withCoverage({}) }), () => undefined)).rejects.toThrow(
      /could not be checked, so nothing is promoted from it\.\n- a signed token .*could not be tried/,
    );
  });

  it("says why truly where a status call fails, although the page queues", async () => {
    const reach: Reach = {
      ...world.reach,
      get: (url, headers) =>
        url.includes("__queueit_status")
          ? Promise.reject(new Error("broken off"))
          : world.reach.get(url, headers),
    };
    expect(await problems({ reach })).toEqual([
      `failed bundle and integration configuration at shop.staging.example.com: ${SHOP}/tickets: broken off`,
    ]);
  });

  it("tells a site that does not answer, in the words of the network", async () => {
    const reach: Reach = { ...world.reach, get: () => Promise.reject(new Error("connection refused")) };
    const found = await problems({ reach });
    expect(found).toContainEqual(
      `failed ${SHOP}/tickets sends a new visitor to the waiting room: connection refused`,
    );
    expect(found).toContainEqual(
      expect.stringMatching(/^skipped a signed token .*: .*\/tickets did not answer: connection refused$/),
    );
  });

  it("is not green where the state does not say what was deployed", async () => {
    expect(await problems({ bundle: undefined })).toEqual([
      expect.stringMatching(/^skipped bundle .*does not say which bundle is deployed/),
    ]);
  });

  it("tells another bundle", async () => {
    const [problem] = await problems({ bundle: "f".repeat(64) });
    expect(problem).toContain(`it runs the bundle ${bundle}, not ${"f".repeat(64)}`);
  });

  it("tells another secret key, without either", async () => {
    const found = await problems({ secretKey: "fake-other-key" });
    expect(found[0]).toContain("its secret key differs from the one given here");
    expect(found.join("\n")).not.toMatch(new RegExp(`fake-other-key|${world.secretKey}`));
  });

  it("tells a route that protects nothing", async () => {
    const target = withRoutes((routes) => [
      ...routes,
      { kind: "protect", pattern: "shop.staging.example.com/static/app.js", zone: ZONE },
    ]);
    expect((await problems({ target }))[0]).toContain("and not by the Worker: nobody queues there");
  });

  it("tells a bypass without effect", async () => {
    const target = withRoutes((routes) => [
      ...routes,
      { kind: "bypass", pattern: "shop.staging.example.com/about*", zone: ZONE },
    ]);
    expect(await problems({ target })).toEqual([
      expect.stringContaining("the bypass has no effect"),
      expect.stringMatching(/^failed routes of the zones: .*\/about\* that leads to no Worker$/),
    ]);
  });

  it("says of a route that no address is known of that it was not tried", async () => {
    const target = withRoutes((routes) => [
      ...routes,
      { kind: "protect", pattern: "*.elsewhere.example/*", zone: ZONE },
    ]);
    expect(await problems({ target })).toEqual([
      expect.stringMatching(/^skipped the Worker answers at \*\.elsewhere\.example\/\*: no address is known/),
      expect.stringMatching(/^failed routes of the zones: the zone has no route \*\.elsewhere/),
    ]);
  });

  it("tells another Queue-it customer", async () => {
    const target = withEnvironment({ queueIt: { customerId: "somebodyelse" } });
    expect(await problems({ target })).toEqual([
      expect.stringContaining("the redirect has the customer acme, and not somebodyelse"),
    ]);
  });

  it("tells another version of a configuration that a file owns", async () => {
    const { spec, ...rest } = world.staging;
    const configuration = { owner: "file", value: '{"Version":99,"Integrations":[]}' } as const;
    const target = { ...rest, spec: { ...spec, configuration } };
    expect(await problems({ target })).toEqual([
      expect.stringMatching(/version \d+ of the integration configuration, not 99/),
      expect.stringContaining("and not what the environment's file says"),
    ]);
  });

  it.each([
    ["for http:// alone", "http://shop.staging.example.com/*"],
    ["for pages that nobody promised", "shop.staging.example.com/checkout*"],
    ["for one page", "shop.staging.example.com/checkout"],
  ])("tells a bypass by hand %s, which no request of its own meets", async (_what, pattern) => {
    const { account } = world.server;
    const { id } = await account.createRoute(ZONE.id, pattern, undefined);
    const found = await problems();
    await account.deleteRoute(id);
    expect(found).toEqual([
      expect.stringContaining(`failed routes of the zones: Route added outside Terraform: ${pattern}`),
    ]);
  });

  it.each([
    ["QUEUEIT_FAILURE_MODE", "closed", "it fails closed, and the environment says open"],
    ["QUEUEIT_CONFIG_OWNER", "pull", "it takes its configuration by pull, and the environment says publish"],
    ["QUEUEIT_ENQT_ENABLED", "true", "the redirect has an enqueue token"],
  ])("tells that somebody set %s to %s", async (name, value, told) => {
    const restore = await setVariable(name, value);
    const found = await problems();
    await restore();
    expect(found.join("\n")).toContain(told);
  });

  it("tries another spelling where the environment says that every spelling queues", async () => {
    const { queueIt } = world.staging.named.environment;
    const target = withEnvironment({ queueIt: { ...queueIt, matching: "normalized" } });
    const restore = await setVariable("QUEUEIT_MATCHING", "normalized");
    const checks = await checksOf({ target });
    expect(checks.map(({ name }) => name)).toContain(`${SHOP}/%74ickets queues like ${SHOP}/tickets`);
    expect(checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    const reach: Reach = {
      ...world.reach,
      get: async (url, headers) => {
        const answer = await world.reach.get(url, headers);
        return url === `${SHOP}/%74ickets` ? { ...answer, status: 200, location: null } : answer;
      },
    };
    expect((await problems({ target, reach })).join("\n")).toContain(
      "although queueIt.matching is normalized",
    );
    await restore();
  });

  it("takes no error for a page that leaves visitors alone, or that bypasses the Worker", async () => {
    const target = withCoverage({
      protected: [`${SHOP}/tickets`],
      ignored: [`${SHOP}/health`],
      bypassed: [`${SHOP}/static/app.js`],
    });
    const broken = [`${SHOP}/health`, `${SHOP}/static/app.js`];
    const reach: Reach = {
      ...world.reach,
      get: async (url, headers) => {
        const answer = await world.reach.get(url, headers);
        return broken.includes(url) ? { ...answer, status: 503 } : answer;
      },
    };
    expect((await checksOf({ target, reach })).filter(({ outcome }) => outcome === "failed")).toMatchObject(
      broken.map((page) => ({
        page,
        detail: expect.stringContaining("answered 503: visitors get an error"),
      })),
    );
  });

  it("asks the account for the bundle of somebody else's Worker, which has no status answer", async () => {
    const worker = { source: "file", path: "vendor.js", format: "es-module" } as const;
    const target = withEnvironment({ worker });
    expect(await problems({ target })).toEqual([]);
    expect(await problems({ target, bundle: "f".repeat(64) })).toEqual([
      expect.stringContaining("the account has another one"),
    ]);
    expect(await problems({ target, account: "no token" })).toEqual([
      expect.stringMatching(/^skipped bundle of the Worker .*: no token$/),
      "skipped routes of the zones: no token",
      "skipped integration configuration in KV: no token",
    ]);
  });
});

it("a site without the Worker is told from one with another key", async () => {
  const { reach, secretKey } = world;
  const answer = await askStatus(reach, `${SHOP}/static/app.js`, secretKey);
  expect(answer).toContain("this project's Worker did not answer");
});
