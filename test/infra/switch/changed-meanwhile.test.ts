import { afterEach, describe, expect, it } from "vitest";
import { withSwitches } from "../../../infra/specification/with-switches.ts";
import { seeConnector } from "../../../infra/account/read-switches.ts";
import { moduleWorker } from "../local/cloudflare/worker-sources.ts";
import { SPEC } from "../specification/specs.ts";
import { placeThat, placeThatProtects, SwitchWorld } from "./switch-world.ts";

const PAGES = "tickets.example.com/*";

let world: SwitchWorld;
afterEach(() => world.close());

/** Another version of the connector's Worker, as a deploy makes it, with another Worker behind it or none. */
async function chain(behind: string | undefined): Promise<void> {
  await world.account.putScript(
    moduleWorker("", [
      { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId: world.namespaceId },
      ...(behind === undefined
        ? []
        : [{ type: "service" as const, name: "QUEUEIT_CHAINED_WORKER", service: behind }]),
    ]),
  );
}

const lead = async (to: string | undefined) => {
  const [route] = world.account.routes;
  await world.account.replaceRoute(route?.id ?? "", PAGES, to);
};

describe("a connector that is deployed with another Worker behind it while it is off", () => {
  it.each([
    ["the first one", undefined, "third"],
    ["another one", "other", "third"],
    ["none any more", "other", undefined],
  ])("gets its routes back (%s)", async (_name, before, after) => {
    world = await SwitchWorld.start([PAGES]);
    await world.account.putScript(moduleWorker("", [], "third"));
    await chain(before);
    await world.off();
    await chain(after);
    await lead(after);
    expect((await world.on()).kept).toEqual([]);
    expect(world.routes).toEqual([`${PAGES} → shop`]);
    expect(await world.notes()).toEqual([]);
  });
});

it("leaves a route that the environment's file has made a bypass to another Worker since, and keeps no note", async () => {
  world = await SwitchWorld.start([PAGES]);
  await world.off();
  await lead("other");
  const { kept } = await world.on({ place: placeThat({ kind: "bypass", pattern: PAGES, worker: "other" }) });
  expect(kept).toEqual([]);
  expect(world.routes).toEqual([`${PAGES} → other`]);
  expect(await world.notes()).toEqual([]);
});

it("is kept off by a deploy where the note is damaged, and says only which host it is", async () => {
  const [{ pattern } = { pattern: "" }] = SPEC.routes.filter(({ kind }) => kind === "protect");
  const [host = ""] = pattern.split("/");
  world = await SwitchWorld.start([pattern]);
  await world.off();
  await world.account.putValue(world.namespaceId, `queueit-cf:switch:off:${host}:x`, {
    bytes: Buffer.from("{"),
  });
  for (const { name } of (
    await world.account.listKeys(world.namespaceId, { prefix: "queueit-cf:switch", cursor: "", limit: 99 })
  ).keys) {
    if (!name.endsWith(":x")) await world.account.deleteValue(world.namespaceId, name);
  }
  const { switches } = await seeConnector(placeThatProtects(pattern), world.access);
  const { routes } = withSwitches(SPEC, switches, "QUEUEIT_FAILURE_MODE");
  expect(routes.find((route) => route.pattern === pattern)?.isOff).toBe(true);
});

describe("a connector whose Worker got another name by a deploy while it was off", () => {
  const renamed = { ...placeThatProtects(PAGES), worker: "queue-2" };

  it.each(["there", "deleted"])("gets its routes back, under that name (the route is %s)", async (state) => {
    world = await SwitchWorld.start([PAGES]);
    await world.off();
    const binding = {
      type: "kv_namespace" as const,
      name: "IntegrationConfigKV",
      namespaceId: world.namespaceId,
    };
    await world.account.putScript(moduleWorker("", [binding], "queue-2"));
    await world.account.deleteScript("shop");
    const [route] = world.account.routes;
    if (state === "deleted") await world.account.deleteRoute(route?.id ?? "");
    await world.on({ place: renamed });
    expect(world.routes).toEqual([`${PAGES} → queue-2`]);
    expect(await world.notes()).toEqual([]);
  });

  it("leaves a route alone that was given to the Worker of the old name", async () => {
    world = await SwitchWorld.start([PAGES]);
    await world.off();
    const binding = {
      type: "kv_namespace" as const,
      name: "IntegrationConfigKV",
      namespaceId: world.namespaceId,
    };
    await world.account.putScript(moduleWorker("", [binding], "queue-2"));
    await lead("shop");
    expect((await world.on({ place: renamed })).kept).toEqual(["tickets.example.com"]);
  });
});

it("is not switched off by a deploy under another name where its own switch had not begun", async () => {
  world = await SwitchWorld.start([PAGES]);
  world.fault = (method, path) =>
    method === "DELETE" || (method === "PUT" && path.includes("/workers/routes/")) ? 403 : undefined;
  await expect(world.off()).rejects.toThrow("No route was changed");
  const place = { ...placeThatProtects(PAGES), worker: "queue-2", title: "queueit" };
  const { switches } = await seeConnector(place, world.access);
  expect(switches.sites).toMatchObject([{ host: "tickets.example.com", leading: [PAGES] }]);
});
