import { describe, expect, it } from "vitest";
import { demoConfiguration } from "../../../../infra/local/queue-it/demo-configuration.ts";
import { signQueueToken } from "../../../../infra/queue-it/queue-token.ts";
import { checkConfiguration } from "../../../../worker/configuration/check.ts";
import { SECRET_KEY, SHOP } from "./fixture.ts";
import { askSdk } from "./sdk.ts";

const CONFIGURATION = JSON.stringify(
  demoConfiguration(["shop.example.com", "tickets.example.com"], { customerId: "acme" }),
);

describe("the integration configuration of the demo", () => {
  it("is one that the Worker takes", () => {
    expect(checkConfiguration(JSON.parse(CONFIGURATION))).toMatchObject({ ok: true });
  });

  it.each([
    ["a ticket page", { url: `${SHOP}/tickets?seat=A12` }, "Ticket pages"],
    ["a ticket page of the second site", { url: "https://tickets.example.com/Tickets/7" }, "Ticket pages"],
    ["a call of the API", { url: `${SHOP}/api/stock` }, "Live stock queues its AJAX call"],
    [
      "an order of a VIP upgrade",
      { url: `${SHOP}/checkout`, body: "item=vip" },
      "VIP orders queue by what the form says",
    ],
    [
      "the way back from the checkout's waiting room",
      { url: `${SHOP}/checkout` },
      "VIP orders queue by what the form says",
    ],
    ["the health check", { url: `${SHOP}/health` }, "Health check is left alone"],
  ])("has an action for %s", async (_, request, action) => {
    expect(await askSdk(request, CONFIGURATION)).toMatchObject({ action });
  });

  it.each([
    ["the front page", { url: `${SHOP}/` }],
    ["the stock page before its button was pressed", { url: `${SHOP}/stock` }],
    ["an order of a poster", { url: `${SHOP}/checkout`, body: "item=poster" }],
    ["a site it is not for", { url: "https://other.example.com/tickets" }],
  ])("has no action for %s", async (_, request) => {
    expect((await askSdk(request, CONFIGURATION)).action).toBeNull();
  });

  it("takes the session of a visitor who leaves", async () => {
    const token = signQueueToken(
      {
        waitingRoomId: "demotickets",
        queueId: "1",
        expires: 4_000_000_000,
        validity: { kind: "extendable" },
      },
      SECRET_KEY,
    );
    const inside = await askSdk({ url: `${SHOP}/tickets`, token }, CONFIGURATION);

    const leaving = await askSdk({ url: `${SHOP}/leave`, cookies: inside.cookies }, CONFIGURATION);

    expect(leaving.redirectUrl).toContain(
      "https://acme.queue-it.net/cancel/multiple/acme?wrl=demotickets~1_demostock_democheckout&r=",
    );
  });

  it("covers the stock page once its button was pressed, so that it accepts the token that comes back", async () => {
    const answer = await askSdk(
      { url: `${SHOP}/stock`, cookies: new Map([["live-stock", "on"]]) },
      CONFIGURATION,
    );

    expect(answer.action).toBe("Live stock queues its AJAX call");
  });
});
