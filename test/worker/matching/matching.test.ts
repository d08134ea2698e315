import { afterEach, describe, expect, it } from "vitest";
import { statusCall } from "../../../infra/verify/status-call.ts";
import { actionOn, configurationOf, pathContains, queueAction } from "../support/configurations.ts";
import { rawRequest } from "../support/raw-request.ts";
import { Shop } from "../support/shop.ts";
import { SECRET } from "../support/tokens.ts";

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

  it.each([
    "/public/..;/tickets",
    "/public/..;x=1/tickets",
    "/public/%2e%2e%3b/tickets",
    "/.;a/tickets;b=1",
    "/tick;x=1/../tickets",
  ])("queues at %s, which servers in Java read without what follows a semicolon", async (path) => {
    shop = await Shop.open({
      configuration: configurationOf(
        actionOn("/public", { Name: "public", ActionType: "Ignore" }),
        queueAction({ Name: "tickets" }),
      ),
      variables: { QUEUEIT_MATCHING: "normalized" },
    });
    const answer = await rawRequest(shop, [`GET ${path} HTTP/1.1`, "host: shop.example"]);
    expect(answer).toContain("HTTP/1.1 302");
  });

  it("is what a status call tells, too", async () => {
    shop = await Shop.open({ configuration: CONFIGURATION, variables: { QUEUEIT_MATCHING: "normalized" } });
    const call = statusCall("https://shop.example/%74ickets", SECRET, Date.now());
    const response = await shop.visit(call.url, { headers: call.headers });
    const status = call.read({ headers: response.headers, body: await response.text() });
    expect(status?.action?.type).toBe("Queue");
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
