import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONNECTOR_VERSION } from "../../worker/deployment/version.ts";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { cookieHeader, Shop } from "./support/shop.ts";
import { hmac, queueToken } from "./support/tokens.ts";

const PAGE = "https://shop.example/tickets?seat=4%2C5&name=J%C3%BCrgen";

describe("the six steps", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()) });
  });
  afterAll(() => shop.close());

  it("sends a visitor without session to the waiting room, and back to this page later", async () => {
    const response = await shop.visit(PAGE);
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get("location") ?? "");
    expect(location.origin).toBe("https://testcustomer.queue-it.net");
    expect(location.searchParams.get("e")).toBe("event1");
    expect(location.searchParams.get("t")).toBe(PAGE);
    expect(location.searchParams.get("kupver")).toBe(`cloudflare-${CONNECTOR_VERSION}`);
    expect(response.headers.get("cache-control")).toBe("no-cache, no-store, must-revalidate, max-age=0");
    expect(response.headers.get("x-queueit-connector")).toBe("cloudflare");
    expect(shop.seen).toEqual([]);
  });

  it("issues a session cookie for a token and takes the token out of the address, byte by byte", async () => {
    const response = await shop.visit(`${PAGE}&queueittoken=${queueToken()}`);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(PAGE);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^QueueITAccepted-SDFrts345E-V3_event1=EventId%3Devent1%26/,
    );
  });

  it("lets the visitor browse on with the cookie alone, and extends it", async () => {
    const accepted = await shop.visit(`${PAGE}&queueittoken=${queueToken()}`);
    const response = await shop.visit(PAGE, { headers: { cookie: cookieHeader(accepted) } });
    expect(await response.text()).toBe("the shop");
    expect(response.headers.get("x-queueit-connector")).toBe("cloudflare");
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(shop.seen.at(-1)?.url).toBe(PAGE);
  });

  it("sends a visitor to the waiting room whose signed token makes the SDK throw, instead of failing open", async () => {
    const unsigned = `e_event1~q_1~ts_${Math.floor(Date.now() / 1000) + 3600}~ce_true`;
    const response = await shop.visit(`${PAGE}&queueittoken=${unsigned}~h_${hmac(unsigned)}`);
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(new URL(response.headers.get("location") ?? "").origin).toBe("https://testcustomer.queue-it.net");
  });

  it("does not touch a page that no action protects", async () => {
    const response = await shop.visit("https://shop.example/about");
    expect(await response.text()).toBe("the shop");
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
