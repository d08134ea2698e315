import { afterEach, expect, it } from "vitest";
import { ZONE } from "../local/cloudflare/worker-sources.ts";
import { placeThatProtects, SwitchWorld } from "./switch-world.ts";

const [SHOP, ACCOUNT, TICKETS] = [
  "shop.example.com/*",
  "shop.example.com/account/*",
  "tickets.example.com/*",
] as const;

let world: SwitchWorld;
afterEach(() => world.close());

const idOf = (pattern: string) => world.account.routes.find((route) => route.pattern === pattern)?.id ?? "";
const isRouteWrite = (method: string, path: string) => method === "PUT" && path.includes("/workers/routes/");

it("lets the routes lead to no Worker, notes first what they were, and puts them back with their ids", async () => {
  world = await SwitchWorld.start([SHOP, TICKETS]);
  const before = world.account.routes;
  await world.off();
  expect(world.routes).toEqual([`${SHOP} → none`, `${TICKETS} → none`]);
  const writes = world.calls.filter((call) => call.startsWith("PUT")).map((call) => call.split("/")[1]);
  expect(writes).toEqual(["accounts", "accounts", "zones", "zones"]);
  expect(await world.notes()).toHaveLength(2);
  await world.on();
  expect(world.account.routes).toEqual(before);
  expect(await world.notes()).toEqual([]);
});

it("leaves routes of other Workers, bypasses and the configuration alone", async () => {
  world = await SwitchWorld.start([SHOP]);
  await world.account.createRoute(ZONE.id, "shop.example.com/static/*", undefined);
  await world.account.createRoute(ZONE.id, "blog.example.com/*", "other");
  await world.account.putValue(world.namespaceId, "info", { bytes: Buffer.from("{}") });
  await world.off();
  expect(world.routes).toEqual([
    `${SHOP} → none`,
    "shop.example.com/static/* → none",
    "blog.example.com/* → other",
  ]);
  await world.on();
  expect(world.routes).toEqual([
    `${SHOP} → shop`,
    "shop.example.com/static/* → none",
    "blog.example.com/* → other",
  ]);
  expect(await world.notes()).toEqual(["{}"]);
});

it("switches one site at a time, each with its own reason", async () => {
  world = await SwitchWorld.start([SHOP, ACCOUNT, TICKETS]);
  await world.off({ site: "shop.example.com", reason: "login" });
  expect(world.routes).toEqual([`${SHOP} → none`, `${ACCOUNT} → none`, `${TICKETS} → shop`]);
  await world.off({ site: "TICKETS.example.com", reason: "origin down" });
  const { seen } = await world.off({ reason: "again" });
  expect(seen.switches.sites.map(({ host, reason }) => [host, reason])).toEqual([
    ["shop.example.com", "login"],
    ["tickets.example.com", "origin down"],
  ]);
  await world.on({ site: "tickets.example.com" });
  expect(world.routes).toEqual([`${SHOP} → none`, `${ACCOUNT} → none`, `${TICKETS} → shop`]);
});

it("lists the sites there are when another one is named, and changes nothing", async () => {
  world = await SwitchWorld.start([SHOP, "*.example.com/*"]);
  await expect(world.off({ site: "elsewhere.example.com" })).rejects.toMatchObject({
    code: "switch-site-unknown",
    message: expect.stringContaining("*.example.com, shop.example.com"),
  });
  expect(world.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
});

it.each([500, "silence"] as const)(
  "goes on where it stopped when the API fails halfway (%s), and loses nothing",
  async (failure) => {
    world = await SwitchWorld.start([SHOP, ACCOUNT, TICKETS]);
    const before = world.account.routes;
    const broken = idOf(ACCOUNT);
    world.fault = (method, path) =>
      isRouteWrite(method, path) && path.endsWith(broken) ? failure : undefined;
    await expect(world.off()).rejects.toMatchObject({
      code: "switch-unfinished",
      message: expect.stringMatching(
        /2 of 3 routes are off.*\n- shop\.example\.com\/account\/\*: .*\n.*run the same/,
      ),
    });
    world.fault = () => undefined;
    await world.off();
    expect(world.routes.every((route) => route.endsWith("none"))).toBe(true);
    world.fault = (method, path) => (isRouteWrite(method, path) && path.endsWith(broken) ? 403 : undefined);
    await expect(world.on()).rejects.toMatchObject({ code: "switch-unfinished" });
    world.fault = () => undefined;
    await world.on();
    expect(world.account.routes).toEqual(before);
    expect(await world.notes()).toEqual([]);
  },
);

it("tries again by itself where the API is busy once", async () => {
  world = await SwitchWorld.start([SHOP]);
  let failures = 2;
  world.fault = (method) => (method !== "GET" && failures-- > 0 ? 429 : undefined);
  await world.off();
  expect(world.routes).toEqual([`${SHOP} → none`]);
});

it("changes no route where the note cannot be written", async () => {
  world = await SwitchWorld.start([SHOP]);
  const access = await world.accessWith(
    "Workers Routes Write",
    "Workers KV Storage Read",
    "Workers Scripts Read",
  );
  await expect(world.off({ access })).rejects.toMatchObject({
    code: "switch-unfinished",
    message: expect.stringMatching(/no route was changed.*403.*Workers KV Storage · Edit/s),
  });
  expect(world.routes).toEqual([`${SHOP} → shop`]);
});

it("takes its note back where the token may not change any route", async () => {
  world = await SwitchWorld.start([SHOP]);
  const access = await world.accessWith(
    "Workers Routes Read",
    "Workers KV Storage Write",
    "Workers Scripts Read",
  );
  await expect(world.off({ access })).rejects.toMatchObject({
    message: expect.stringMatching(/No route was changed.*403.*Workers Routes · Edit/s),
  });
  expect(await world.notes()).toEqual([]);
});

it("needs these permissions and no more", async () => {
  world = await SwitchWorld.start([SHOP]);
  const access = await world.accessWith(
    "Workers Routes Write",
    "Workers KV Storage Write",
    "Workers Scripts Read",
  );
  await world.off({ access });
  expect(world.routes).toEqual([`${SHOP} → none`]);
});

it("finds what was off when its process was killed between the note and the routes", async () => {
  world = await SwitchWorld.start([SHOP, TICKETS]);
  // As if the process had ended before any route was written.
  world.fault = (method, path) => (isRouteWrite(method, path) || method === "DELETE" ? 403 : undefined);
  await expect(world.off()).rejects.toThrow("is noted all the same");
  world.fault = () => undefined;
  const { seen } = await world.off({ reason: "again" });
  expect(seen.switches.sites.map(({ reason, leading }) => [reason, leading])).toEqual([
    ["the login loops", [SHOP]],
    ["the login loops", [TICKETS]],
  ]);
  await world.on();
  expect(world.routes).toEqual([`${SHOP} → shop`, `${TICKETS} → shop`]);
});

it("does not touch a route that belongs to another Worker by now, and keeps its note until that is accepted", async () => {
  world = await SwitchWorld.start([SHOP, TICKETS]);
  await world.off();
  await world.account.replaceRoute(idOf(SHOP), SHOP, "other");
  const { kept, restorations } = await world.on();
  expect(world.routes).toEqual([`${SHOP} → other`, `${TICKETS} → shop`]);
  expect(kept).toEqual(["shop.example.com"]);
  expect(restorations.map(({ step, found }) => [step, found])).toEqual([
    ["leave", "it leads to the Worker other now"],
    ["write", undefined],
  ]);
  expect(await world.notes()).toHaveLength(1);
  await world.on({ leavesOthers: true });
  expect(world.routes).toEqual([`${SHOP} → other`, `${TICKETS} → shop`]);
  expect(await world.notes()).toEqual([]);
});

it.each([
  ["deleted", (id: string) => world.account.deleteRoute(id), "it was deleted since"],
  [
    "given another pattern",
    (id: string) => world.account.replaceRoute(id, "shop.example.com/new/*", undefined),
    "its pattern was changed to shop.example.com/new/*",
  ],
  [
    "made anew without a Worker",
    async (id: string) => {
      await world.account.deleteRoute(id);
      await world.account.createRoute(ZONE.id, SHOP, undefined);
    },
    "it was made anew since",
  ],
  ["put back by hand", (id: string) => world.account.replaceRoute(id, SHOP, "shop"), undefined],
])("puts a route back that was %s meanwhile, and says so", async (_name, change, found) => {
  world = await SwitchWorld.start([SHOP]);
  await world.off();
  await change(idOf(SHOP));
  const { restorations } = await world.on();
  expect(world.routes).toEqual([`${SHOP} → shop`]);
  expect(restorations[0]?.found ?? "").toContain(found ?? "");
  expect(await world.notes()).toEqual([]);
});

it("does not make a route again that the environment's file does not name any more", async () => {
  world = await SwitchWorld.start([SHOP, TICKETS]);
  await world.off();
  await world.account.deleteRoute(idOf(TICKETS));
  await world.on({ place: placeThatProtects(SHOP) });
  expect(world.routes).toEqual([`${SHOP} → shop`]);
  expect(await world.notes()).toEqual([]);
});

it("puts back by the environment's file what was switched off by hand, without a note", async () => {
  world = await SwitchWorld.start([SHOP]);
  await world.account.replaceRoute(idOf(SHOP), SHOP, undefined);
  expect((await world.on()).sites).toEqual([]);
  await world.on({ place: placeThatProtects(SHOP) });
  expect(world.routes).toEqual([`${SHOP} → shop`]);
});

it("reads a damaged note as that of a host that is off", async () => {
  world = await SwitchWorld.start([SHOP]);
  await world.account.putValue(world.namespaceId, "queueit-cf:switch:off:shop.example.com:x", {
    bytes: Buffer.from("{"),
  });
  await world.account.replaceRoute(idOf(SHOP), SHOP, undefined);
  const { sites } = await world.on({ place: placeThatProtects(SHOP) });
  expect(sites.map(({ host }) => host)).toContain("shop.example.com");
  expect(world.routes).toEqual([`${SHOP} → shop`]);
  expect(await world.notes()).toEqual([]);
});

it("switches 20 routes with at most two calls for each and ten more", async () => {
  world = await SwitchWorld.start(Array.from({ length: 20 }, (_, index) => `shop.example.com/${index}/*`));
  await world.off();
  expect(world.routes.filter((route) => route.endsWith("none"))).toHaveLength(20);
  expect(world.calls.length).toBeLessThan(50);
});
