import { Response as OriginResponse } from "miniflare";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actionOn, configurationOf, queueAction } from "./support/configurations.ts";
import { sessionCookie } from "./support/session-cookie.ts";
import { Shop } from "./support/shop.ts";
import { queueToken } from "./support/tokens.ts";

const API = "https://api.shop.example/tickets";
const ALLOWED = "https://www.shop.example";
const ELSEWHERE = "https://elsewhere.example";

/** A site that answers OPTIONS as it answers GET, page, cookie and all. */
const origin = (): OriginResponse =>
  new OriginResponse("the page", {
    headers: {
      "access-control-allow-origin": ELSEWHERE,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "content-type",
      "set-cookie": "basket=1",
      "x-secret": "1",
      vary: "Origin",
    },
  });

/** A preflight as Chromium sends it. */
function preflight(from: string, method: string, names?: string) {
  return {
    method: "OPTIONS",
    headers: {
      accept: "*/*",
      origin: from,
      "access-control-request-method": method,
      ...(names !== undefined && { "access-control-request-headers": names }),
      "sec-fetch-mode": "cors",
    },
  };
}

describe("calls of scripts on other origins", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      configuration: configurationOf(
        actionOn("/health", { Name: "open", ActionType: "Ignore" }),
        queueAction({ CookieDomain: "shop.example" }),
      ),
      variables: { QUEUEIT_ALLOWED_ORIGINS: ALLOWED },
      origin,
    });
  });
  afterAll(() => shop.close());
  beforeEach(() => {
    shop.seen.length = 0;
  });

  it("are told where to queue, in a header that scripts of an allowed origin can read", async () => {
    const answer = await shop.visit(API, {
      headers: { origin: ALLOWED, "x-queueit-ajaxpageurl": encodeURIComponent(`${ALLOWED}/app`) },
    });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": ALLOWED,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "x-queueit-redirect",
      "cache-control": "no-cache, no-store, must-revalidate, max-age=0",
      vary: "Origin",
    });
    const target = new URL(decodeURIComponent(answer.headers.get("x-queueit-redirect") ?? ""));
    expect(target.searchParams.get("t")).toBe(`${ALLOWED}/app`);
    expect(shop.seen).toEqual([]);
  });

  it.each([ELSEWHERE, "null", "https://www.shop.example.", "http://www.shop.example", undefined])(
    "cannot be read by scripts of the origin %s, and say that it depends on the origin",
    async (from) => {
      const answer = await shop.visit(API, {
        headers: { ...(from !== undefined && { origin: from }), "x-queueit-ajaxpageurl": "x" },
      });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
      expect(answer.headers.get("vary")).toBe("Origin");
    },
  );

  it("with a token in the address are sent on without it, in an answer that can be read", async () => {
    const answer = await shop.visit(`${API}?queueittoken=${queueToken()}`, { headers: { origin: ALLOWED } });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(API);
    expect(answer.headers.get("access-control-allow-origin")).toBe(ALLOWED);
    expect(answer.headers.getSetCookie()[0]).toContain("domain=shop.example;");
  });

  it("that pass have the site's own headers, whatever is allowed here", async () => {
    for (const from of [ALLOWED, ELSEWHERE]) {
      const headers = { origin: from, cookie: sessionCookie(), "x-queueit-ajaxpageurl": "x" };
      const answer = await shop.visit(API, { headers });
      expect(await answer.text()).toBe("the page");
      expect(answer.headers.get("access-control-allow-origin")).toBe(ELSEWHERE);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
      expect(answer.headers.getSetCookie()).toHaveLength(2);
    }
  });

  describe("ask before, in a preflight", () => {
    it("which the site answers, without its page and its cookies", async () => {
      const answer = await shop.visit(`${API}?a=%2f`, preflight(ELSEWHERE, "PUT", "content-type"));
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe("");
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "access-control-allow-origin": ELSEWHERE,
        "access-control-allow-methods": "PUT",
        "access-control-allow-headers": "content-type",
        vary: "Origin",
        "x-queueit-connector": "cloudflare",
      });
      for (const name of ["set-cookie", "x-secret", "content-type"])
        expect(answer.headers.has(name)).toBe(false);
      expect(shop.seen.map(({ method, url }) => [method, url])).toEqual([["OPTIONS", `${API}?a=%2f`]]);
    });

    it("which the connector answers, where nothing but its own headers made the browser ask", async () => {
      for (const page of [API, "https://api.shop.example/open"]) {
        const answer = await shop.visit(
          page,
          preflight(ALLOWED, "GET", "x-queueit-ajaxpageurl,x-queueittoken"),
        );
        expect(answer.status).toBe(204);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          "access-control-allow-origin": ALLOWED,
          "access-control-allow-credentials": "true",
          "access-control-allow-headers": "x-queueit-ajaxpageurl,x-queueittoken",
          "access-control-max-age": "600",
          vary: "Origin",
        });
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
      expect(shop.seen).toEqual([]);
    });

    it.each([
      ["another origin", preflight(ELSEWHERE, "GET", "x-queueit-ajaxpageurl")],
      ["another method", preflight(ALLOWED, "PUT", "x-queueit-ajaxpageurl")],
      ["another header", preflight(ALLOWED, "POST", "content-type,x-queueit-ajaxpageurl")],
    ])("which the site answers for %s", async (_what, asked) => {
      expect((await shop.visit(API, asked)).headers.get("access-control-allow-origin")).toBe(ELSEWHERE);
      expect(shop.seen).toHaveLength(1);
    });

    it("which has all of the site's answer where nobody queues", async () => {
      for (const page of ["https://api.shop.example/health/tickets", "https://api.shop.example/open"]) {
        const answer = await shop.visit(page, preflight(ELSEWHERE, "PUT"));
        expect(await answer.text()).toBe("the page");
        expect(answer.headers.get("x-secret")).toBe("1");
      }
    });

    it("with a token that is neither looked at nor used up", async () => {
      const token = queueToken();
      const answer = await shop.visit(`${API}?queueittoken=${token}`, preflight(ELSEWHERE, "PUT"));
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.headers.get("location")).toBeNull();
    });
  });
});

describe("a preflight that the site does not agree to", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      configuration: configurationOf(queueAction()),
      origin: ({ url }) => {
        const status = Number(new URL(url).searchParams.get("status"));
        const answer = new OriginResponse(null, { status: Math.min(status, 599) });
        return Object.defineProperty(answer, "status", { value: status });
      },
    });
  });
  afterAll(() => shop.close());

  it.each([
    ["is refused", 405, 405],
    ["is sent elsewhere", 301, 301],
    ["gets a status that no answer can have", 999, 599],
  ])("%s, and is asked once", async (_what, status, expected) => {
    shop.seen.length = 0;
    const answer = await shop.visit(`${API}?status=${status}`, preflight(ELSEWHERE, "PUT"));
    expect(answer.status).toBe(expected);
    expect(shop.seen).toHaveLength(1);
  });
});
