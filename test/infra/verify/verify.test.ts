import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../../../infra/specification/target.ts";
import { askStatus } from "../../../infra/verify/deployed-status.ts";
import { type VerifyOptions, verify } from "../../../infra/verify/verify.ts";
import { World } from "../deploy/world.ts";

let world: World;
let bundle: string;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  bundle = world.staging.spec.worker.file.sha256;
});
afterAll(() => world.close());

/** What is wrong, each as the check and what it says. */
async function problems(options: Partial<VerifyOptions> = {}): Promise<readonly string[]> {
  const { staging: target, reach, secretKey } = world;
  const found: string[] = [];
  for await (const check of verify({ target, reach, secretKey, bundle, ...options })) {
    if (check.outcome === "failed") found.push(`${check.name}: ${check.detail}`);
  }
  return found;
}

/** Staging with other routes than it was deployed with. */
function withRoutes(change: (routes: Target["spec"]["routes"]) => Target["spec"]["routes"]): Target {
  const { spec, ...rest } = world.staging;
  return { ...rest, spec: { ...spec, routes: change(spec.routes) } };
}

describe("the verification of a deployed environment", () => {
  it("finds nothing where all is as it has to be", async () => {
    expect(await problems()).toEqual([]);
  });

  it("tells another bundle", async () => {
    const [problem] = await problems({ bundle: "f".repeat(64) });
    expect(problem).toContain(`it runs the bundle ${bundle}, not ${"f".repeat(64)}`);
  });

  it("tells another secret key, without either", async () => {
    const found = await problems({ secretKey: "fake-other-key" });
    expect(found[0]).toContain("its secret key is another one than the one given here");
    expect(found.join("\n")).not.toMatch(new RegExp(`fake-other-key|${world.secretKey}`));
  });

  it("tells a route that protects nothing", async () => {
    const target = withRoutes((routes) => [
      ...routes,
      { kind: "protect", pattern: "shop.staging.example.com/static/app.js", zone: { id: "zone" } },
    ]);
    expect(await problems({ target })).toEqual([
      expect.stringContaining("and not by the Worker: nobody queues there"),
    ]);
  });

  it("tells a bypass without effect", async () => {
    const target = withRoutes((routes) => [
      ...routes,
      { kind: "bypass", pattern: "shop.staging.example.com/about*", zone: { id: "zone" } },
    ]);
    expect(await problems({ target })).toEqual([expect.stringContaining("the bypass has no effect")]);
  });

  it("tells another Queue-it customer", async () => {
    const { named, ...rest } = world.staging;
    const queueIt = { ...named.environment.queueIt, customerId: "somebodyelse" };
    const target = { ...rest, named: { ...named, environment: { ...named.environment, queueIt } } };
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
    ]);
  });

  it("cannot ask a Worker file of somebody else, and says so", async () => {
    const { named, ...rest } = world.staging;
    const worker = { source: "file", path: "vendor.js", format: "es-module" } as const;
    const target = { ...rest, named: { ...named, environment: { ...named.environment, worker } } };
    const { reach, secretKey } = world;
    const checks = [];
    for await (const check of verify({ target, reach, secretKey, bundle })) checks.push(check);
    expect(checks.at(-1)).toMatchObject({
      outcome: "skipped",
      detail: expect.stringContaining("no status answer"),
    });
  });
});

it("a site without the Worker is told from one with another key", async () => {
  const { reach, secretKey } = world;
  const answer = await askStatus(reach, "https://shop.staging.example.com/static/app.js", secretKey);
  expect(answer).toContain("no Worker of ours answered");
});
