import { DefaultEnqueueTokenProvider } from "@queue-it/connector-javascript";
import { Payload, Token } from "@queue-it/queue-token";
import { Utils } from "@queue-it/queue-token/dist/QueueITHelpers.js";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEnqueueToken } from "../../../worker/validation/enqueue-token.ts";
import { queueAction } from "../support/configurations.ts";
import { decided } from "../support/decided.ts";
import { addMd5 } from "../support/md5.ts";
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

  it("goes along to the waiting room when it is switched on, signed for this visitor and this moment", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    const { header, key } = await tokenOf({ "cf-connecting-ip": "192.0.2.1" }, { withKey: true });
    expect(header).toEqual({
      typ: "QT1",
      enc: "AES256",
      iss: NOW,
      exp: NOW + 60_000,
      ti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      c: CUSTOMER,
      e: "event1",
      ip: "192.0.2.1",
    });
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    expect(key).not.toBe(header["ti"]);
  });

  it("has neither an address that is not known nor a key that is not wanted", async () => {
    const { header, key } = await tokenOf({}, { withKey: false });
    expect(header).not.toHaveProperty("ip");
    expect(key).toBeUndefined();
  });

  it("does not go along when it is switched off", async () => {
    const decision = await decided({}, [queueAction()]);
    expect(decision.kind === "to-queue-it" && decision.url).not.toContain("enqueuetoken");
  });

  it("is encrypted with a key that is made once for a connector", async () => {
    addMd5();
    const imports = vi.spyOn(crypto.subtle, "importKey");
    const settings = { customerId: CUSTOMER, secretKey: SECRET };
    for (const identifier of ["one", "two"]) {
      const claims = {
        waitingRoomId: "event1",
        clientIp: undefined,
        issuedAt: NOW,
        identifier,
        key: "the key",
      };
      const token = Token.Parse(await createEnqueueToken(claims, settings, 1), SECRET);
      expect([token.TokenIdentifier, token.Payload.Key]).toEqual([identifier, "the key"]);
    }
    expect(imports).toHaveBeenCalledTimes(1);
    expect(await imports.mock.results[0]?.value).toMatchObject({ extractable: false, usages: ["encrypt"] });
  });
});

/** The enqueue token of a new visitor's address at Queue-it: its header, and the key in its payload. */
async function tokenOf(headers: Record<string, string>, { withKey }: { withKey: boolean }) {
  addMd5();
  const decision = await decided({ headers }, [queueAction()], {
    enqueueToken: { validityMs: 60_000, withKey },
  });
  const address = new URL(decision.kind === "to-queue-it" ? decision.url : "https://nowhere.example/");
  const text = address.searchParams.get("enqueuetoken") ?? "";
  const [header = ""] = text.split(".");
  return {
    header: JSON.parse(Buffer.from(header, "base64url").toString()) as Record<string, unknown>,
    key: Token.Parse(text, SECRET).Payload.Key,
  };
}
