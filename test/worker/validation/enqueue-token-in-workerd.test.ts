import { Token } from "@queue-it/queue-token";
import { expect, it } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";
import { CUSTOMER, SECRET } from "../support/tokens.ts";

it("an enqueue token goes along to the waiting room when it is switched on, and the vendor's parser accepts it", async () => {
  const variables = {
    QUEUEIT_ENQT_ENABLED: "true",
    QUEUEIT_ENQT_KEY_ENABLED: "true",
    QUEUEIT_ENQT_VALIDITY_TIME: "60000",
  };
  const shop = await Shop.open({ configuration: configurationOf(queueAction()), variables });
  const headers = { "cf-connecting-ip": "192.0.2.1" };
  const response = await shop.visit("https://shop.example/tickets", { headers });
  const second = await shop.visit("https://shop.example/tickets", { headers });
  await shop.close();
  const read = (answer: typeof response): ReturnType<typeof Token.Parse> => {
    const location = new URL(answer.headers.get("location") ?? "");
    return Token.Parse(location.searchParams.get("enqueuetoken") ?? "", SECRET);
  };
  const token = read(response);
  expect(token).toMatchObject({ CustomerId: CUSTOMER, EventId: "event1", IpAddress: "192.0.2.1" });
  expect(token.Expires.getTime() - token.Issued.getTime()).toBe(60_000);
  expect(token.Payload.Key).toMatch(/^[0-9a-f-]{36}$/);
  expect(token.Payload.TokenOrigin).toBe("Connector");
  expect(read(second).TokenIdentifier).not.toBe(token.TokenIdentifier);
  expect(response.headers.get("location")).not.toContain(SECRET);
});
