import { Response, type Request } from "miniflare";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { QUEUE_ID, sessionCookie } from "./support/session-cookie.ts";
import { Shop } from "./support/shop.ts";
import { API_KEY, queueToken } from "./support/tokens.ts";

const PAGE = "https://shop.example/tickets";

/** What the endpoint answers, and the last thing it was asked. */
let answer: () => Response | Promise<Response>;
let asked: { url: string; headers: Record<string, string>; body: Record<string, string> } | undefined;

async function origin(request: Request): Promise<Response> {
  if (!request.url.startsWith("https://endpoint.example/")) return new Response("the shop");
  asked = {
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: (await request.json()) as Record<string, string>,
  };
  return answer();
}

afterEach(() => {
  asked = undefined;
});

describe("the verify-action endpoint", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      configuration: configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 2 })),
      origin,
      variables: {
        QUEUEIT_API_KEY: API_KEY,
        QUEUEIT_VERIFY_ACTION_URL:
          "https://endpoint.example/{customerId}/{waitingRoomId}/{queueId}?limit={queueIdUsageLimit}",
      },
    });
  });
  afterAll(() => shop.close());

  const visit = (headers: Record<string, string> = {}): ReturnType<Shop["visit"]> =>
    shop.visit(PAGE, { headers: { cookie: sessionCookie(), ...headers } });

  it("is asked with the API key, and its count within the limit lets the visitor pass", async () => {
    answer = () => Response.json({ QIdUsageCount: 2 });
    expect(await (await visit({ "user-agent": "test", "cf-connecting-ip": "192.0.2.1" })).text()).toBe(
      "the shop",
    );
    expect(asked?.url).toBe(`https://endpoint.example/testcustomer/event1/${QUEUE_ID}?limit=2`);
    expect(asked?.headers["api-key"]).toBe(API_KEY);
    expect(asked?.body).toEqual({
      url: PAGE,
      ip: "192.0.2.1",
      actionName: "protect tickets",
      userAgent: "test",
    });
  });

  it("ends the session when its count is above the limit", async () => {
    answer = () => Response.json({ QIdUsageCount: 3 });
    const response = await visit();
    expect(response.headers.get("location")).toContain("/error/qidlimit/");
    expect(response.headers.getSetCookie()[0]).toContain("expires=Thu, 01 Jan 1970");
  });

  it("does not let pass what it refuses: a 4xx may come from what the visitor sent", async () => {
    answer = () => new Response(null, { status: 414 });
    const response = await visit();
    expect(response.headers.get("location")).toContain("/error/qidlimit/");
    expect(response.headers.get("x-queueit-failed")).toBeNull();
  });

  it("ends no session because it does not take our API key, which no visitor can change", async () => {
    answer = () => new Response(null, { status: 401 });
    const response = await visit();
    expect(response.headers.get("x-queueit-failed")).toBe("true");
    expect(response.headers.getSetCookie()[0]).not.toContain("1970");
  });

  it("gets no more of a visitor's text than it can take", async () => {
    answer = () => Response.json({ QIdUsageCount: 1 });
    await visit({ "user-agent": "x".repeat(5000) });
    expect(asked?.body["userAgent"]).toHaveLength(2048);
  });

  it("never gets half of a character, which many a JSON parser fails at: the failure would be the visitor's doing", async () => {
    answer = () => Response.json({ QIdUsageCount: 1 });
    // UTF-8 of an emoji, byte for byte; the limit is in the middle of one.
    await visit({ "user-agent": `x${"\xf0\x9f\x98\x80".repeat(2000)}` });
    expect(asked?.body["userAgent"]).toMatch(/^x\u{1f600}/u);
    expect(asked?.body["userAgent"]?.isWellFormed()).toBe(true);
  });

  it.each([
    ["is broken", () => new Response(null, { status: 500 })],
    ["answers without a count", () => Response.json({})],
    ["answers with a page", () => new Response("<html>")],
  ])("is our failure when it %s", async (_what, broken) => {
    answer = broken;
    const response = await visit();
    expect(response.headers.get("x-queueit-failed")).toBe("true");
    // The session goes on: visitors must not lose their turn because nobody can count.
    expect(response.headers.getSetCookie()[0]).toContain("QueueITAccepted");
  });

  it("gives whoever comes back with a token a session while it is broken", async () => {
    answer = () => new Response(null, { status: 500 });
    const response = await shop.visit(`${PAGE}?queueittoken=${queueToken()}`);
    expect([response.status, response.headers.get("location")]).toEqual([302, PAGE]);
    expect(response.headers.getSetCookie()[0]).toContain("QueueITAccepted");
  });

  it("lets nobody in without token or session while it is broken", async () => {
    answer = () => new Response(null, { status: 500 });
    const response = await shop.visit(`${PAGE}?queueittoken=${queueToken({}, "another-fake-secret")}`);
    expect(response.headers.get("location")).toContain("/error/hash/");
  });

  it("is not asked for visitors without session", async () => {
    const response = await shop.visit(PAGE);
    expect(response.status).toBe(302);
    expect(asked).toBeUndefined();
  });
});

describe("the direct-pass endpoint", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      configuration: configurationOf(queueAction()),
      origin,
      variables: {
        QUEUEIT_DIRECT_PASS_URL: "https://endpoint.example/{customerId}/{waitingRoomId}",
        QUEUEIT_DIRECT_PASS_KEY: "fake-proxy-key",
        QUEUEIT_DIRECT_PASS_TIMEOUT: "800",
      },
    });
  });
  afterAll(() => shop.close());

  it("lets a visitor pass with the token it gives", async () => {
    answer = () =>
      Response.json({ HasPassed: true, QueueItToken: queueToken({ redirectType: "directpass" }) });
    const response = await shop.visit(PAGE);
    expect(await response.text()).toBe("the shop");
    expect(response.headers.getSetCookie()[0]).toContain("RedirectType%3Ddirectpass");
    expect(asked?.url).toBe("https://endpoint.example/testcustomer/event1");
    expect(asked?.headers["x-queueit-proxykey"]).toBe("fake-proxy-key");
    expect(asked?.body).toMatchObject({ protectedUrl: PAGE, actionName: "protect tickets" });
  });

  it.each([
    ["says no", () => Response.json({ HasPassed: false })],
    [
      "gives a forged token",
      () => Response.json({ HasPassed: true, QueueItToken: queueToken({}, "another-fake-secret") }),
    ],
    ["answers nonsense", () => Response.json("nonsense")],
    [
      "refuses the request, which may come from what the visitor sent",
      () => new Response(null, { status: 400 }),
    ],
  ])("sends the visitor to the waiting room when it %s", async (_what, no) => {
    answer = no;
    expect((await shop.visit(PAGE)).status).toBe(302);
  });

  it.each([
    ["is broken", () => new Response(null, { status: 503 })],
    ["is late", () => new Promise<Response>((resolve) => setTimeout(resolve, 3000, new Response("{}")))],
  ])("gives a session of three minutes when it %s, as the SDK wants", async (_what, failing) => {
    answer = failing;
    const response = await shop.visit(PAGE);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect(response.headers.getSetCookie()[0]).toContain("FixedValidityMins%3D3%26RedirectType%3Dtimeout");
  });

  it("cannot be made to fail by a visitor's headers", async () => {
    answer = () => Response.json({ HasPassed: false });
    const response = await shop.visit(PAGE, {
      headers: { "user-agent": "\u00ff".repeat(9000), referer: "\u00e9" },
    });
    expect(response.status).toBe(302);
  });
});

describe("a diagnostics token", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()) });
  });
  afterAll(() => shop.close());

  const debugCookie = (response: Awaited<ReturnType<Shop["visit"]>>): string =>
    response.headers.getSetCookie().find((cookie) => cookie.startsWith("queueitdebug=")) ?? "";

  it("ends in a cookie that explains the decision, without any secret", async () => {
    const token = queueToken({ redirectType: "debug" });
    const response = await shop.visit(`${PAGE}?queueittoken=${token}`);
    const explained = decodeURIComponent(debugCookie(response));
    expect(explained).toContain("MatchedConfig=protect tickets|");
    expect(explained).toContain("ConfigVersion=5|");
    expect(explained).not.toContain("obviously-fake-secret");
  });

  it("works on a page that no action matches, too", async () => {
    const response = await shop.visit(
      `https://shop.example/about?queueittoken=${queueToken({ redirectType: "debug" })}`,
    );
    expect(await response.text()).toBe("the shop");
    expect(decodeURIComponent(debugCookie(response))).toContain("MatchedConfig=NULL");
  });

  it("gives a cookie that browsers take, however long the address is", async () => {
    const token = queueToken({ redirectType: "debug" });
    const response = await shop.visit(`${PAGE}?x=${"%C3%9F".repeat(1500)}&queueittoken=${token}`);
    expect(debugCookie(response).length).toBeGreaterThan(3900);
    expect(debugCookie(response).length).toBeLessThanOrEqual(4000);
  });

  it("that is forged leads to Queue-it's diagnostics page on every path", async () => {
    const token = queueToken({ redirectType: "debug" }, "another-fake-secret");
    const response = await shop.visit(`https://shop.example/about?queueittoken=${token}`);
    expect(response.headers.get("location")).toContain(
      "/diagnostics/connector/error/?code=hash&kupver=cloudflare-",
    );
    expect(debugCookie(response)).toBe("");
  });
});
