import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionOn, configurationOf, queueAction } from "./support/configurations.ts";
import { QUEUE_ID, sessionCookie } from "./support/session-cookie.ts";
import { cookieHeader, Shop } from "./support/shop.ts";
import { queueToken } from "./support/tokens.ts";

const SHOP = "https://shop.example";
const CANCEL = { ActionType: "Cancel", EventId: "event1", InvolvedWaitingRoomIds: ["event1", "room-2"] };

describe("actions", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      configuration: configurationOf(
        actionOn("/tickets/help", { Name: "help", ActionType: "Ignore" }),
        actionOn("/logout", { Name: "leave", ...CANCEL }),
        actionOn("/forced", {
          RedirectLogic: "ForcedTargetUrl",
          ForcedTargetUrl: "https://shop.example/start",
        }),
        actionOn("/event-target", { RedirectLogic: "EventTargetUrl" }),
        actionOn("/upper", { EventId: "Event1" }),
        queueAction(),
      ),
    });
  });
  afterAll(() => shop.close());

  const location = async (path: string, headers: Record<string, string> = {}): Promise<URL> => {
    const response = await shop.visit(SHOP + path, { headers });
    return new URL(response.headers.get("location") ?? "");
  };

  it("ignore lets the visitor pass although a later action protects the page", async () => {
    const response = await shop.visit(`${SHOP}/tickets/help`);
    expect(await response.text()).toBe("the shop");
  });

  it("cancel sends a visitor with sessions away and removes each of them with its own Set-Cookie", async () => {
    const other = "22222222-3333-4444-5555-666666666666";
    const cookie = `${sessionCookie()}; ${sessionCookie({ room: "room-2", queueId: other })}`;
    const response = await shop.visit(`${SHOP}/logout`, { headers: { cookie } });
    expect(response.status).toBe(302);
    const target = new URL(response.headers.get("location") ?? "");
    expect(target.pathname).toBe("/cancel/multiple/testcustomer");
    expect(target.searchParams.get("wrl")).toBe(`event1~${QUEUE_ID}_room-2~${other}`);
    expect(target.searchParams.get("r")).toBe(`${SHOP}/logout`);
    expect(response.headers.getSetCookie()).toEqual([
      "QueueITAccepted-SDFrts345E-V3_event1=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/",
      "QueueITAccepted-SDFrts345E-V3_room-2=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/",
    ]);
  });

  it("cancel lets a visitor without session pass", async () => {
    expect(await (await shop.visit(`${SHOP}/logout`)).text()).toBe("the shop");
  });

  it("a forced target is where the visitor comes back to", async () => {
    expect((await location("/forced")).searchParams.get("t")).toBe("https://shop.example/start");
  });

  it("the event's own target is used by naming none", async () => {
    expect((await location("/event-target")).searchParams.has("t")).toBe(false);
  });

  it("a refused token leads to the error page, without power over its address", async () => {
    const hostile = "e_event1~rt_queue~h_1&t=https://evil.example#\r\nx: y";
    const target = await location(`/tickets?queueittoken=${encodeURIComponent(hostile)}`);
    expect(target.pathname).toBe("/error/hash/");
    expect(target.searchParams.get("t")).toBe(`${SHOP}/tickets`);
    expect(target.searchParams.get("queueittoken")).toBe(hostile);
    expect(target.hash).toBe("");
  });

  it("a token for another waiting room is refused", async () => {
    const target = await location(`/tickets?queueittoken=${queueToken({ room: "room-2" })}`);
    expect(target.pathname).toBe("/error/eventid/");
  });

  it("a token in a header gives a session without a redirect", async () => {
    const response = await shop.visit(`${SHOP}/tickets`, { headers: { "x-queueittoken": queueToken() } });
    expect(await response.text()).toBe("the shop");
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  it("a form posted with a token keeps its body: the origin is asked without the token", async () => {
    const url = `${SHOP}/tickets?x=1&queueittoken=${queueToken()}`;
    const response = await shop.visit(url, { method: "POST", body: "seat=4" });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(shop.seen.at(-1)).toMatchObject({ method: "POST", url: `${SHOP}/tickets?x=1`, body: "seat=4" });
  });

  it.each([
    ["/tickets", {}],
    ["/logout", { cookie: sessionCookie() }],
  ])("a script that asks for %s is told where to go in a header", async (path, cookies) => {
    const page = "https://shop.example/page?a=b c";
    const headers = { ...cookies, "x-queueit-ajaxpageurl": encodeURIComponent(page) };
    const response = await shop.visit(SHOP + path, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-expose-headers")).toBe("x-queueit-redirect");
    expect(response.headers.get("cache-control")).toContain("no-store");
    const encoded = response.headers.get("x-queueit-redirect") ?? "";
    expect(encoded).not.toContain("&");
    const target = new URL(decodeURIComponent(encoded));
    expect(target.searchParams.get("kupver")).toMatch(/^cloudflare-/);
    expect(target.searchParams.get("t") ?? target.searchParams.get("r")).toBe(page);
  });

  describe("a waiting room id with an upper-case letter", () => {
    it("works from the token to the next page", async () => {
      const accepted = await shop.visit(`${SHOP}/upper?queueittoken=${queueToken({ room: "Event1" })}`);
      expect(accepted.headers.getSetCookie()[0]).toMatch(
        /^QueueITAccepted-SDFrts345E-V3_Event1=EventId%3Devent1%26/,
      );
      const next = await shop.visit(`${SHOP}/upper`, { headers: { cookie: cookieHeader(accepted) } });
      expect(await next.text()).toBe("the shop");
      const afterThat = await shop.visit(`${SHOP}/upper`, { headers: { cookie: cookieHeader(next) } });
      expect(await afterThat.text()).toBe("the shop");
    });

    it.each([
      ["another key", sessionCookie({ room: "Event1" }, "another-fake-secret")],
      ["another waiting room", sessionCookie({ room: "room-2" }).replace("_room-2=", "_Event1=")],
    ])("does not open the door to a cookie signed for %s", async (_what, cookie) => {
      expect((await shop.visit(`${SHOP}/upper`, { headers: { cookie } })).status).toBe(302);
    });
  });
});

describe("sessions bound to an address", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()) });
  });
  afterAll(() => shop.close());

  const visitFrom = (ip: string, cookie: string, to = shop): ReturnType<Shop["visit"]> =>
    to.visit(`${SHOP}/tickets`, { headers: { cookie, "cf-connecting-ip": ip } });

  it("pass from that address only", async () => {
    const cookie = sessionCookie({ ip: "192.0.2.1" });
    expect((await visitFrom("192.0.2.1", cookie)).status).toBe(200);
    const elsewhere = await visitFrom("192.0.2.2", cookie);
    expect(elsewhere.headers.get("location")).toContain("/error/connector/sessionstate/");
  });

  it("pass from any address where Queue-it is not to know addresses", async () => {
    const discreet = await Shop.open({
      configuration: configurationOf(queueAction()),
      variables: { QUEUEIT_CLIENT_IP: "none" },
    });
    const response = await visitFrom("192.0.2.2", sessionCookie({ ip: "192.0.2.1" }), discreet);
    await discreet.close();
    expect(response.status).toBe(200);
  });
});

describe("what a visitor's request makes grow", () => {
  const LONG = 16_000;
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()) });
  });
  afterAll(() => shop.close());

  const redirectLength = async (headers: Record<string, string>): Promise<number> => {
    const response = await shop.visit(`${SHOP}/tickets`, { headers });
    return (response.headers.get("x-queueit-redirect") ?? response.headers.get("location") ?? "").length;
  };
  const page = "x-queueit-ajaxpageurl";

  it.each([
    ["a page of a script in plain letters", { [page]: `https://shop.example/${"/".repeat(LONG)}` }],
    [
      "a page of a script in encoded letters",
      { [page]: `https%3A%2F%2Fshop.example%2F${"%2F".repeat(5000)}` },
    ],
    ["a page of a script in other alphabets", { [page]: `https://shop.example/${"é".repeat(3000)}` }],
    ["a queue token of a script", { [page]: "a", "x-queueittoken": "é".repeat(LONG) }],
    ["a queue token", { "x-queueittoken": "/".repeat(LONG) }],
  ])("is bounded in the answer: %s", async (_what, headers) => {
    const length = await redirectLength(headers);
    expect(length).toBeGreaterThan(100);
    expect(length).toBeLessThan(10_000);
  });

  it("is not cut where it is of a usual size", async () => {
    const usual = `https://shop.example/tickets?${"filter=a&".repeat(150)}`;
    const response = await shop.visit(`${SHOP}/tickets`, { headers: { [page]: encodeURIComponent(usual) } });
    const target = decodeURIComponent(response.headers.get("x-queueit-redirect") ?? "");
    expect(new URL(target).searchParams.get("t")).toBe(usual);
  });
});
