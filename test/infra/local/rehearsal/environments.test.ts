import { describe, expect, it } from "vitest";
import type { Environment } from "../../../../infra/environments/environment.ts";
import { prepare, withProtectedPages } from "../../../../infra/local/rehearsal/prepare.ts";
import { rehearse } from "../../../../infra/local/rehearsal/rehearse.ts";
import { demoConfiguration } from "../../../../infra/local/queue-it/demo-configuration.ts";
import production from "../../../../infra/environments/production.ts";
import { stagingWith } from "../server/environments.ts";
import { scenarioWith } from "./scenarios.ts";

const STORE = { strategy: "secrets-store", storeId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9" } as const;

describe("an environment", () => {
  it.each<[string, Partial<Environment>]>([
    [
      "whose Worker fetches its configuration, and fails closed",
      { integrationConfiguration: { owner: "pull" }, failure: "closed" },
    ],
    [
      "with its secrets in a store, enqueue tokens and normalized matching",
      {
        secrets: STORE,
        queueIt: { customerId: "acme", enqueueToken: { key: true }, matching: "normalized" },
      },
    ],
  ])("%s is rehearsed", async (_what, change) => {
    const target = await stagingWith(change);
    const events = [{ atMs: 8000, kind: "publish" }] as const;
    const scenario = scenarioWith({ visitors: 12, arriveMs: 10_000, outflow: 600, events });
    const { breaches, kinds, events: happened } = await rehearse({ target, scenario });
    expect(breaches).toEqual([]);
    expect(kinds.find(({ kind }) => kind === "person")).toMatchObject({ kept: 0 });
    expect(kinds.reduce((sum, { served }) => sum + served, 0)).toBeGreaterThan(5);
    expect(happened[0]?.outcome).toMatch(/^version 2 is live everywhere/);
  });

  it("whose routes take a page without a query only has a hole, which is found", async () => {
    const target = await stagingWith({ sites: exactSites(), coverage: {} });
    const { breaches } = await rehearse({ target, scenario: scenarioWith({ visitors: 6, arriveMs: 5000 }) });
    expect(breaches[0]).toMatchObject({ promise: "turn" });
    expect(breaches[0]?.what).toMatch(/at an address that no route gives to the Worker: GET .*\/tickets/);
  });

  it("is rehearsed with a configuration that is given", async () => {
    const configuration = demoConfiguration(["shop.staging.example.com"], { customerId: "acme" });
    const only = {
      ...configuration,
      Integrations: configuration.Integrations.filter(({ EventId }) => EventId === "demotickets"),
    };
    const { pages } = await prepare(await stagingWith(), { configuration: JSON.stringify(only) });
    expect(new Set(pages.queued.map(({ room }) => room))).toEqual(new Set(["demotickets"]));
  });

  it("whose pages do not queue is refused", async () => {
    const configuration = JSON.stringify({ Version: 1, Integrations: [] });
    await expect(prepare(await stagingWith(), { configuration })).rejects.toMatchObject({
      code: "rehearsal-nothing-queues",
      message: expect.stringMatching(/^No page of staging queues.*--configuration/s) as string,
    });
  });

  it("is refused with a configuration that is none", async () => {
    for (const configuration of ["{", '{"Version":"one"}', "[]"]) {
      await expect(prepare(await stagingWith(), { configuration })).rejects.toMatchObject({
        code: "rehearsal-configuration",
      });
    }
  });

  it("with a Worker of the older format is refused", async () => {
    const target = await stagingWith();
    const file = { ...target.spec.worker.file, format: "service-worker" } as const;
    const spec = { ...target.spec, worker: { ...target.spec.worker, file } };
    await expect(prepare({ ...target, spec })).rejects.toMatchObject({ code: "rehearsal-format" });
  });

  it("takes no scenario that protects a page of another site, or one past the Worker", async () => {
    const prepared = await prepare(await stagingWith());
    const protecting = (page: string) => scenarioWith({ events: [{ atMs: 0, kind: "protect", page }] });
    for (const page of ["https://shop.example.com/x", "/static/app.js", "http://["])
      expect(() => withProtectedPages(prepared, protecting(page)), page).toThrow(
        /which no route of staging gives/,
      );
    expect(withProtectedPages(prepared, protecting("/offer")).pages.open).toContain(
      "https://shop.staging.example.com/offer",
    );
  });
});

/** Routes of single pages: none of them takes an address with a query string. */
function exactSites(): Environment["sites"] {
  const [first, second] = production.sites;
  if (first === undefined || second === undefined) throw new Error("Production has two sites.");
  return [
    { ...first, protect: ["/tickets"], bypass: [] },
    { ...second, protect: ["/tickets", "/checkout"], bypass: [] },
  ];
}
