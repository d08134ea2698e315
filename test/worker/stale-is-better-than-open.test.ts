import { afterEach, expect, it, vi } from "vitest";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { CACHE, keepCopy, PLACE } from "./support/kept-copies.ts";
import { Shop } from "./support/shop.ts";
import { SECRET } from "./support/tokens.ts";

const PAGE = "https://shop.example/tickets";
const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));
const CLOSED = { QUEUEIT_FAILURE_MODE: "closed" };

const down = (): never => {
  throw new Error("KV is down");
};

let shop: Shop;
afterEach(() => shop.close());

it.each(["open", "closed"])("a cold isolate without KV protects by the copy in %s mode", async (mode) => {
  shop = await Shop.open({ kv: down, variables: { QUEUEIT_FAILURE_MODE: mode } });
  await keepCopy(shop, CONFIGURATION);
  expect((await shop.visit(PAGE)).status).toBe(302);
  expect((await shop.visit("https://shop.example/about")).status).toBe(200);
  expect(shop.seen).toHaveLength(1);
  await vi.waitFor(() => {
    const lines = shop.log.filter((line) => line.includes("kept-copy-used"));
    expect(lines).toEqual([expect.stringContaining('"reason":"configuration-unreadable"')]);
  });
});

it.each([
  ["is broken", "{", SECRET],
  ["is forged", CONFIGURATION, "another secret"],
])("a copy that %s leaves the isolate as it was without one", async (_what, text, secret) => {
  shop = await Shop.open({ kv: down });
  await keepCopy(shop, text, { secret });
  const response = await shop.visit(PAGE);
  expect(response.headers.get("x-queueit-failed")).toBe("true");
  expect(shop.seen).toHaveLength(1);
});

it("without a copy the site is closed in closed mode", async () => {
  shop = await Shop.open({ kv: down, variables: CLOSED });
  expect((await shop.visit(PAGE)).status).toBe(503);
});

it("an isolate leaves a copy that the next one lives by", async () => {
  let kv = (): string | null => CONFIGURATION;
  shop = await Shop.open({ kv: () => kv(), variables: { QUEUEIT_CONFIG_TTL: "1" } });
  await vi.waitFor(
    async () => {
      expect((await shop.visit(PAGE)).status).toBe(302);
      expect(await (await shop.cache(CACHE)).match(PLACE)).toBeDefined();
    },
    { timeout: 20_000, interval: 100 },
  );
  kv = down;
  await shop.restart();
  expect((await shop.visit(PAGE)).status).toBe(302);
});

it("a visitor who knows the place of the copy gets what the site has there", async () => {
  shop = await Shop.open({ kv: () => CONFIGURATION });
  await keepCopy(shop, CONFIGURATION);
  expect(await (await shop.visit(PLACE)).text()).toBe("the shop");
});
