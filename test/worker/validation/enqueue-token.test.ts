import { DefaultEnqueueTokenProvider } from "@queue-it/connector-javascript";
import { Payload, Token } from "@queue-it/queue-token";
import { Utils } from "@queue-it/queue-token/dist/QueueITHelpers.js";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEnqueueToken } from "../../../worker/validation/enqueue-token.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { addMd5 } from "../support/md5.ts";
import { Shop } from "../support/shop.ts";
import { CUSTOMER, SECRET } from "../support/tokens.ts";

const NOW = 1_800_000_000_000;

describe("an enqueue token", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("is byte by byte the one that the vendor's own package makes", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    addMd5();
    const text = fc.string({ unit: "grapheme", minLength: 1 });
    const inputs = fc.record({
      secretKey: text,
      customerId: text,
      room: text,
      ip: text,
      withKey: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ secretKey, customerId, room, ip, withKey }) => {
        const identifier = "11111111-2222-4333-8444-555555555555";
        vi.spyOn(Utils, "generateUUID").mockReturnValue(identifier);
        const provider = new DefaultEnqueueTokenProvider(
          customerId,
          secretKey,
          240_000,
          ip,
          withKey,
          Token,
          Payload,
        );
        vi.spyOn(provider, "getEnqueueTokenKey").mockReturnValue("the key");
        const key = withKey ? "the key" : undefined;
        const claims = { waitingRoomId: room, clientIp: ip, issuedAt: NOW, identifier, key };
        const ours = await createEnqueueToken(claims, { customerId, secretKey }, 240_000);
        expect(ours).toBe(provider.getEnqueueToken(room));
      }),
    );
  });

  it("goes along to the waiting room when it is switched on, and the vendor's parser accepts it", async () => {
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
});
