import { afterEach, describe, expect, it } from "vitest";
import { configurationOf, pathContains, queueAction } from "./support/configurations.ts";
import { Shop } from "./support/shop.ts";

const host = {
  ValidatorType: "UrlValidator",
  UrlPart: "HostName",
  Operator: "Equals",
  ValueToCompare: "shop.example",
};
const CONFIGURATION = configurationOf(
  queueAction({ Triggers: [{ LogicalOperator: "And", TriggerParts: [host, pathContains("/tickets")] }] }),
);
const SPELLINGS = [
  "https://shop.example/%74ickets",
  "https://shop.example/%2574ickets",
  "https://shop.example/x%2f..%2ftickets",
  "https://shop.example./tickets",
  "https://shop.example:8443/tickets",
];

describe("a page that is written in another way", () => {
  let shop: Shop;
  afterEach(async () => shop.close());

  it("is open as configured, as with the vendor's own connectors", async () => {
    shop = await Shop.open({ configuration: CONFIGURATION });
    for (const url of SPELLINGS) expect((await shop.visit(url)).status).toBe(200);
    expect((await shop.visit("https://shop.example/tickets")).status).toBe(302);
  });

  it("queues with matching on the normalized URL, and the visitor comes back to the page that was asked for", async () => {
    shop = await Shop.open({ configuration: CONFIGURATION, variables: { QUEUEIT_MATCHING: "normalized" } });
    for (const url of SPELLINGS) {
      const answer = await shop.visit(url);
      expect(answer.status).toBe(302);
      const waitingRoom = new URL(answer.headers.get("location") ?? "");
      expect(waitingRoom.searchParams.get("t")).toBe(url);
    }
    expect((await shop.visit("https://shop.example/about")).status).toBe(200);
    expect(shop.seen).toHaveLength(1);
  });
});
