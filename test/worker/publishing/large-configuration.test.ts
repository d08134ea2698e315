import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHORTEST_INDEXED_TEXT } from "../../../worker/isolate/kept-index.ts";
import { actionOn, configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";
import { publishBody } from "../support/tokens.ts";

const actions = Array.from({ length: 1500 }, (_, index) =>
  actionOn(`/product-${index}-`, { Name: `p${index}` }),
);
const LARGE = JSON.stringify({ ...configurationOf(...actions, queueAction()), Version: 6 });

describe("a large configuration that was published", () => {
  let shop: Shop;

  beforeAll(async () => {
    expect(LARGE.length).toBeGreaterThan(SHORTEST_INDEXED_TEXT);
    shop = await Shop.open({ configuration: { Version: 5, Integrations: [] } });
    const call = "https://shop.example/?__push_queueit_config";
    const answer = await shop.visit(call, { method: "POST", body: publishBody(LARGE) });
    expect(await answer.text()).toBe("Success!");
  });
  afterAll(() => shop.close());

  const statusOf = async (page: string): Promise<number> =>
    (await shop.visit(`https://shop.example${page}`)).status;

  it("protects the same pages in an isolate that comes later", async () => {
    await shop.restart();
    expect(await statusOf("/product-1499-blue")).toBe(302);
    expect(await statusOf("/tickets")).toBe(302);
    expect(await statusOf("/product-1500-blue")).toBe(200);
  });

  it("counts as it is in KV when somebody has edited it there", async () => {
    await shop.store(LARGE.replace("/tickets", "/matches"));
    await shop.restart();
    expect(await statusOf("/tickets")).toBe(200);
    expect(await statusOf("/matches")).toBe(302);
  });
});
