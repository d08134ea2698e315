import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { rawRequest } from "./support/raw-request.ts";
import { sessionCookie } from "./support/session-cookie.ts";
import { Shop } from "./support/shop.ts";
import { queueToken } from "./support/tokens.ts";

/** The rows of the bypass table in docs/security.md that no other test holds. */
describe("a visitor without session", () => {
  let shop: Shop;
  beforeAll(async () => {
    const broken = "da\r\nset-cookie: a=1";
    shop = await Shop.open({
      configuration: configurationOf(queueAction({ Culture: broken, LayoutName: broken })),
    });
  });
  afterAll(() => shop.close());

  const ask = (line: string, ...headers: string[]): Promise<string> =>
    rawRequest(shop, [`${line} HTTP/1.1`, "host: shop.example", ...headers]);

  it.each([
    "purpose: prefetch",
    "sec-purpose: prefetch;prerender",
    "x-http-method-override: OPTIONS",
    "x-original-url: /static/",
    "x-forwarded-host: evil.example",
    "range: bytes=0-1",
    "upgrade: websocket",
    "access-control-request-method: GET",
  ])("waits whatever is sent along: %s", async (header) => {
    expect(await ask("GET /tickets", header)).toMatch(
      /^HTTP\/1\.1 302[\s\S]*location: https:\/\/testcustomer\.queue-it\.net\//i,
    );
    expect(shop.seen).toHaveLength(0);
  });

  it.each(["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "QUERY"])(
    "waits by %s",
    async (method) => {
      expect(await ask(`${method} /tickets`)).toContain("HTTP/1.1 302");
      expect(shop.seen).toHaveLength(0);
    },
  );

  it("is told to wait in a script, too, by an answer that nobody may cache", async () => {
    const answer = (
      await ask("GET /tickets", "x-queueit-ajaxpageurl: https%3A%2F%2Fshop.example%2F")
    ).toLowerCase();
    expect(answer).toContain("x-queueit-redirect: https%3a%2f%2ftestcustomer.queue-it.net");
    expect(answer).toMatch(/^cache-control: .*no-store/m);
    expect(shop.seen).toHaveLength(0);
  });

  it("gets a redirect that nobody may cache, without headers of the configuration's", async () => {
    const answer = (await ask("GET /tickets")).toLowerCase();
    expect(answer).toMatch(/^cache-control: .*no-store/m);
    expect(answer).not.toMatch(/^set-cookie:/m);
  });

  it.each(["https://evil.example/", "//evil.example", "%0d%0alocation:%20https://evil.example"])(
    "cannot choose where a redirect goes: t=%s",
    async (target) => {
      const location =
        /^location: (.*)$/im.exec(await ask(`GET /tickets?t=${target}&c=evil&e=evil`))?.[1] ?? "";
      expect(new URL(location).host).toBe("testcustomer.queue-it.net");
      expect(new URL(location).searchParams.getAll("c")).toEqual(["testcustomer"]);
    },
  );

  it("comes back to the same host and port from a token, whatever the path looks like", async () => {
    const answer = await ask(`GET //evil.example/tickets?queueittoken=${queueToken()}`);
    expect(/^location: (.*)$/im.exec(answer)?.[1]).toMatch(
      /^http:\/\/shop\.example\/\/evil\.example\/tickets/,
    );
    expect(answer.toLowerCase()).toMatch(/^cache-control: .*no-store/m);
  });
});

it("an answer with a session is for one visitor, whatever the site varies by", async () => {
  const shop = await Shop.open({ configuration: configurationOf(queueAction()) });
  try {
    const { headers } = await shop.visit("https://shop.example/tickets", {
      headers: { cookie: sessionCookie() },
    });
    expect(headers.getSetCookie()).toHaveLength(1);
    expect(headers.get("cache-control")).toBe("private");
  } finally {
    await shop.close();
  }
});
