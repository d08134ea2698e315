import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { zoneRoutes } from "../../../infra/account/routes-of-zones.ts";
import { type Drift, driftOf } from "../../../infra/plan/drift/drift.ts";
import { foreignRoutes } from "../../../infra/plan/drift/foreign-routes.ts";
import type { Script } from "../../../infra/local/cloudflare/account/model.ts";
import { World } from "./world.ts";

// Each time: somebody changes something by hand, drift tells what undoes it, that is done, and nothing
// drifts.

let world: World;
let spec: ConnectorSpec;
beforeAll(async () => {
  world = await World.start();
  ({ spec } = world.staging);
  await world.deploy(world.staging);
});
afterAll(() => world.close());

async function drift(): Promise<Drift> {
  const { staging, open } = world;
  const planned = await (await open(staging.spec)).plan("refresh-only");
  return driftOf(reviewOf(staging, planned, {}), staging.spec);
}

async function remedies(): Promise<readonly string[]> {
  return (await drift()).found.map(({ remedy }) => remedy);
}

const publish = async () => {
  expect(await world.server.queueIts[0]?.publishNow()).toMatchObject({ accepted: true });
};

const script = () => world.server.account.script(spec.worker.name);
const changeWorker = (change: (script: Script) => Partial<Script>) =>
  world.server.account.changeScript(spec.worker.name, () => ({ ...script(), ...change(script()) }));

describe("a configuration that Queue-it publishes", () => {
  it.each([
    ["is no configuration any more", () => world.kv.write("{}")],
    [
      "has another action",
      async () => world.kv.write((await world.kv.read()).replace("/tickets", "/ticket-shop")),
    ],
  ])("that %s in KV stays so with every deploy, and is fixed by publishing again", async (_what, edit) => {
    // The state knows what was published, as after any deploy that changed something.
    const planned = await (await world.open(spec)).plan("refresh-only");
    await planned.apply();
    const published = await world.kv.read();
    await edit();
    expect(await remedies()).toEqual([
      expect.stringMatching(/^publish the integration configuration again .*a deploy leaves it alone\)$/),
    ]);
    expect(await world.deploy(world.staging)).toMatchObject({ changed: false });
    expect(await world.kv.read()).not.toBe(published);

    await publish();
    expect((await drift()).found).toEqual([]);
    expect(JSON.parse(await world.kv.read())).toEqual(JSON.parse(published));
  });

  it("that was deleted is fixed by publishing again, before a deploy writes one without actions", async () => {
    await world.kv.remove();
    expect(await remedies()).toEqual([expect.stringMatching(/^publish .*; before any deploy/)]);
    await publish();
    expect((await drift()).found).toEqual([]);
    expect(await world.deploy(world.staging)).toMatchObject({ changed: false });
  });
});

const byHand: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    "a route that was deleted",
    async () => {
      const { account } = world.server;
      const route = account.routes.find(({ pattern }) => pattern === "shop.staging.example.com/*");
      await account.deleteRoute(route?.id ?? "");
    },
  ],
  [
    "a route that bypasses now",
    async () => {
      const { account } = world.server;
      const route = account.routes.find(({ pattern }) => pattern === "shop.staging.example.com/*");
      await account.replaceRoute(route?.id ?? "", "shop.staging.example.com/*", undefined);
    },
  ],
  [
    "a secret that is gone",
    () =>
      changeWorker(({ bindings }) => ({ bindings: bindings.filter(({ type }) => type !== "secret_text") })),
  ],
  [
    "another variable",
    () =>
      changeWorker(({ bindings }) => ({
        bindings: bindings.map((binding) =>
          binding.type === "plain_text" && binding.name === "QUEUEIT_FAILURE_MODE"
            ? { ...binding, text: "closed" }
            : binding,
        ),
      })),
  ],
  [
    "a Worker without its namespace",
    () =>
      changeWorker(({ bindings }) => ({ bindings: bindings.filter(({ type }) => type !== "kv_namespace") })),
  ],
  [
    "another bundle",
    () => changeWorker(() => ({ content: "export default { fetch: () => new Response('mine') };" })),
  ],
  [
    "a namespace with another title",
    () => {
      const { account } = world.server;
      const found = account.namespaces.find(({ title }) => title === spec.namespace.title);
      return account.renameNamespace(found?.id ?? "", "mine");
    },
  ],
];

describe.each(byHand)("%s", (_what, change) => {
  it("is fixed by the deploy that drift advises", async () => {
    await change();
    expect(await remedies()).toEqual([expect.stringMatching(/^deploy again: npx queueit-cf deploy staging/)]);
    await world.deploy(world.staging);
    expect((await drift()).found).toEqual([]);
    expect(
      (await world.verify(world.staging, spec.worker.file.sha256)).filter(
        ({ outcome }) => outcome !== "passed",
      ),
    ).toEqual([]);
  });
});

it("a namespace that was deleted is fixed by a deploy, and then by publishing", async () => {
  const { account } = world.server;
  const found = account.namespaces.find(({ title }) => title === spec.namespace.title);
  await account.deleteNamespace(found?.id ?? "");
  expect(await remedies()).toContainEqual(
    expect.stringMatching(/^deploy again: .*; then publish the integration configuration again/),
  );
  await world.deploy(world.staging);
  await publish();
  expect((await drift()).found).toEqual([]);
  expect(
    (await world.verify(world.staging, spec.worker.file.sha256)).filter(
      ({ outcome }) => outcome !== "passed",
    ),
  ).toEqual([]);
});

it("a route that somebody added stays with every deploy, and is fixed by deleting it", async () => {
  const { account } = world.server;
  const [zone] = spec.routes.map((route) => route.zone);
  const zoneId = zone !== undefined && "id" in zone ? zone.id : "";
  const foreign = async () => foreignRoutes(spec, await zoneRoutes({ id: zoneId }, world.account));
  const { id } = await account.createRoute(zoneId, "shop.staging.example.com/tickets*", undefined);
  expect((await foreign()).map(({ remedy }) => remedy)).toEqual([
    expect.stringMatching(/^delete the route .*a deploy leaves it alone$/),
  ]);
  await world.deploy(world.staging);
  expect(await foreign()).toHaveLength(1);
  await account.deleteRoute(id);
  expect(await foreign()).toEqual([]);
});
