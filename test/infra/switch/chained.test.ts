import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptOf, withSwitches } from "../../../infra/specification/with-switches.ts";
import { moduleWorker } from "../local/cloudflare/worker-sources.ts";
import { SPEC } from "../specification/specs.ts";
import { placeThatProtects, SwitchWorld } from "./switch-world.ts";

const PAGES = "shop.staging.example.com/*";

describe("the switch of a connector that has another Worker behind it", () => {
  let world: SwitchWorld;
  beforeEach(async () => {
    world = await SwitchWorld.start([PAGES]);
    await world.account.putScript(
      moduleWorker("", [
        { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId: world.namespaceId },
        { type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text: "open" },
        { type: "service", name: "QUEUEIT_CHAINED_WORKER", service: "other" },
      ]),
    );
  });
  afterEach(() => world.close());

  it("gives the pages to that Worker, not to the origin", async () => {
    await world.off();
    expect(world.routes).toEqual([`${PAGES} → other`]);
  });

  it("notes where they lead meanwhile", async () => {
    await world.off();
    expect((await world.notes()).join()).toContain('"off":"other"');
  });

  it("gives them back to the connector", async () => {
    await world.off();
    await world.on();
    expect(world.routes).toEqual([`${PAGES} → shop`]);
    expect(await world.notes()).toEqual([]);
  });

  it("leaves a route alone that somebody gave to a third Worker since", async () => {
    await world.account.putScript(moduleWorker("", [], "third"));
    await world.off();
    const [route] = world.account.routes;
    await world.account.replaceRoute(route?.id ?? "", PAGES, "third");
    expect((await world.on()).restorations).toMatchObject([{ step: "leave", isAnothers: true }]);
    expect(world.routes).toEqual([`${PAGES} → third`]);
  });

  it("finds pages that were given to that Worker by hand, by the environment's file", async () => {
    const [route] = world.account.routes;
    await world.account.replaceRoute(route?.id ?? "", PAGES, "other");
    await world.on({ place: placeThatProtects(PAGES) });
    expect(world.routes).toEqual([`${PAGES} → shop`]);
  });

  it("keeps the binding when the failure mode is switched", async () => {
    await world.failure("closed");
    const bindings = world.account.scripts.find(({ name }) => name === "shop")?.bindings;
    expect(bindings?.find(({ type }) => type === "service")).toMatchObject({ service: "other" });
  });

  it("is planned so that the pages stay that Worker's", () => {
    const { worker } = SPEC;
    const chained = { type: "service", name: "QUEUEIT_CHAINED_WORKER", service: "other" } as const;
    const [route = { kind: "protect" as const, pattern: PAGES, zone: { id: "z" } }] = SPEC.routes.filter(
      ({ kind }) => kind === "protect",
    );
    const [host = ""] = route.pattern.split("/");
    const noted = { zoneId: "z", pattern: route.pattern, script: worker.name, off: "other" };
    const site = { host, since: "", by: "", reason: "", keys: [], leading: [], routes: [noted] };
    const spec = withSwitches(
      { ...SPEC, routes: [route], worker: { ...worker, bindings: [...worker.bindings, chained] } },
      { sites: [site], failure: undefined },
      "QUEUEIT_FAILURE_MODE",
    );
    expect(spec.routes.map((each) => scriptOf(each, worker.name))).toEqual(["other"]);
  });
});
