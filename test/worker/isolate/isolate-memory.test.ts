import { afterEach, expect, it, vi } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";

const PAGE = "https://shop.example/tickets";
const PROTECTED = { ...configurationOf(queueAction()), Version: 6 };

let shop: Shop;
afterEach(() => shop.close());

it("a running Worker answers from memory within the time-to-live, whatever KV holds", async () => {
  shop = await Shop.open({ configuration: configurationOf() });
  expect((await shop.visit(PAGE)).status).toBe(200);
  await shop.store(PROTECTED);
  expect((await shop.visit(PAGE)).status).toBe(200);
});

it("a running Worker takes a newer configuration by itself after the time-to-live", async () => {
  shop = await Shop.open({ configuration: configurationOf(), variables: { QUEUEIT_CONFIG_TTL: "1" } });
  expect((await shop.visit(PAGE)).status).toBe(200);
  await shop.store(PROTECTED);
  await vi.waitFor(
    async () => {
      expect((await shop.visit(PAGE)).status).toBe(302);
    },
    { timeout: 10_000, interval: 100 },
  );
});

it("many first requests at once are all answered by the configuration", async () => {
  shop = await Shop.open({ configuration: PROTECTED });
  const answers = await Promise.all(Array.from({ length: 20 }, () => shop.visit(PAGE)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(302));
});
