import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sessionCookie } from "../support/session-cookie.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";
import { queueToken } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets?seat=4%2C5";
const TOLD = "test/worker/hooks/fixtures/told.ts";

describe("hooks, in workerd", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()), hooks: TOLD });
  });
  beforeEach(() => {
    shop.seen.splice(0);
    shop.log.splice(0);
  });
  afterAll(() => shop.close());

  const visit = (headers: Record<string, string>, init: object = {}) =>
    shop.visit(PAGE, { headers, ...init });
  const isQueued = (response: { headers: { get(name: string): string | null } }) =>
    response.headers.get("location")?.startsWith("https://testcustomer.queue-it.net/?c=") === true;

  it("leaves a request alone: the site gets it as it came, body and all", async () => {
    const response = await visit({ "x-before": '{"leaveAlone":true}' }, { method: "POST", body: "a form" });
    expect(await response.text()).toBe("the shop");
    expect(shop.seen.map(({ url, method, body }) => ({ url, method, body }))).toEqual([
      { url: PAGE, method: "POST", body: "a form" },
    ]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("waits for a hook that needs a moment", async () => {
    expect(await (await visit({ "x-before": "waits" })).text()).toBe("the shop");
  });

  it("gives the answer of a hook, which nobody may keep", async () => {
    const answer = {
      body: "ok",
      headers: { "cache-control": "public, max-age=60", "cdn-cache-control": "max-age=60", "x-own": "1" },
    };
    const response = await visit({ "x-before": `answers ${JSON.stringify(answer)}` });
    expect(await response.text()).toBe("ok");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(response.headers.get("cdn-cache-control")).toBeNull();
    expect(response.headers.get("x-own")).toBe("1");
    expect(shop.seen).toEqual([]);
  });

  it("counts facts in the log, and goes on", async () => {
    expect(isQueued(await visit({ "x-before": '{"facts":["signed-partner"]}' }))).toBe(true);
    await expect
      .poll(() => shop.log.join("\n"))
      .toContain('"event":"hook-fact","reason":"signed-partner","count":1');
  });

  it("changes the language and layout of the waiting room, and not another byte of its address", async () => {
    const before = (await visit({})).headers.get("location") ?? "";
    const after = (await visit({ "x-after": '{"language":"de-DE","layout":"Sale & more"}' })).headers.get(
      "location",
    );
    expect(after).toBe(`${before}&cid=de-DE&l=Sale%20%26%20more`);
  });

  it("shows the decision to a hook", async () => {
    const location = (await visit({})).headers.get("location");
    const seen = await (await visit({ "x-after": "sees" })).json();
    expect(seen).toEqual({ kind: "to-queue-it", url: location, isAjax: false, facts: [] });
  });

  it("answers in place of a redirect; nobody may keep that either", async () => {
    const answer = { status: 202, contentType: "application/json", body: "{}" };
    const response = await visit({ "x-after": JSON.stringify({ answer }) });
    expect(response.status).toBe(202);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(shop.seen).toEqual([]);
  });

  it("sets and removes headers of the site's answer and of a redirect", async () => {
    const response = { "x-response": '{"headers":{"x-frame-options":"DENY","x-origin":null}}' };
    const redirect = await visit(response);
    expect(redirect.headers.get("x-frame-options")).toBe("DENY");
    expect(isQueued(redirect)).toBe(true);
    const answer = await visit({ ...response, cookie: sessionCookie({}) });
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("x-origin")).toBeNull();
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });

  it("shows an answer to a hook without the session in it", async () => {
    const response = await visit({ "x-response": "sees", cookie: sessionCookie({}) });
    const seen = JSON.parse(response.headers.get("x-seen") ?? "") as { by: string; headers: object };
    expect(seen).toMatchObject({ by: "site", status: 200, facts: [] });
    expect(Object.keys(seen.headers)).not.toContain("set-cookie");
  });

  it("takes the token out of the address as ever", async () => {
    const response = await shop.visit(`${PAGE}&queueittoken=${queueToken()}`, {
      headers: { "x-before": "throws" },
    });
    expect(response.headers.get("location")).toBe(PAGE);
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  describe("that ask for what is not theirs", () => {
    const ANSWERS = [
      { headers: { "set-cookie": `${sessionCookie({})}; Path=/` } },
      { headers: { "set-cookie": "QueueITAccepted-SDFrts345E-V3_event1=; Max-Age=0" } },
      { headers: { "clear-site-data": '"cookies"' } },
    ];
    it.each(ANSWERS)("answer without making or ending a session: %j", async (answer) => {
      const response = await visit({ "x-before": `answers ${JSON.stringify(answer)}` });
      expect(isQueued(response)).toBe(true);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("clear-site-data")).toBeNull();
    });

    it.each([301, 302, 200, 401])("answer with status %i, and nobody may keep it", async (status) => {
      const headers = {
        location: "https://shop.example/",
        "cache-control": "public",
        expires: "Thu, 01 Jan 2099 00:00:00 GMT",
      };
      const response = await visit({ "x-before": `answers ${JSON.stringify({ status, headers })}` });
      expect(response.status).toBe(status);
      expect(response.headers.get("cache-control")).toBe("no-cache, no-store, must-revalidate, max-age=0");
      expect(response.headers.get("expires")).toBe("Fri, 01 Jan 1990 00:00:00 GMT");
    });

    const HEADERS = [
      "set-cookie",
      "Set-Cookie",
      "clear-site-data",
      "location",
      "Location",
      "cache-control",
      "cdn-cache-control",
      "cloudflare-cdn-cache-control",
      "netlify-cdn-cache-control",
      "surrogate-control",
      "edge-control",
      "x-accel-expires",
      "pragma",
      "expires",
      "age",
      "date",
      "vary",
      "x-queueit-connector",
      "x-queueit-redirect",
      "access-control-expose-headers",
      "access-control-allow-origin",
      "content-length",
      "content-encoding",
      "transfer-encoding",
      "connection",
      "upgrade",
    ];
    it.each(HEADERS)("change no header at all where %s is among them", async (name) => {
      for (const value of ["public, max-age=60", null]) {
        const told = JSON.stringify({ headers: { "x-own": "1", [name]: value } });
        const plain = await visit({});
        const redirect = await visit({ "x-response": told });
        expect(Object.fromEntries(redirect.headers)).toEqual(Object.fromEntries(plain.headers));
        const answer = await visit({ "x-response": told, cookie: sessionCookie({}) });
        expect(answer.headers.get("x-own")).toBeNull();
        expect(answer.headers.getSetCookie()).toHaveLength(1);
        expect(answer.headers.get("cache-control")).toBe("private");
      }
    });

    const CHANGES = [
      { language: "de&q=1" },
      { language: "" },
      { layout: "" },
      { layout: "two\nlines" },
      { url: "https://evil.example/" },
      { language: "de", answer: { status: 200, contentType: "text/plain", body: "" } },
      ...[204, 301, 302, 101, 600, 999, "200", null].map((status) => ({
        answer: { status, contentType: "text/plain", body: "x" },
      })),
      { answer: { status: 200, contentType: "text/plain\nx: y", body: "x" } },
      { answer: { status: 200, contentType: "text/plain", body: "x", headers: {} } },
      { answer: { status: 200, contentType: "text/plain" } },
    ];
    it.each(CHANGES)("send the visitor to the waiting room as if there were none: %j", async (change) => {
      const plain = await visit({});
      const changed = await visit({ "x-after": JSON.stringify(change) });
      expect(changed.headers.get("location")).toBe(plain.headers.get("location"));
      expect(changed.status).toBe(302);
    });

    it("change nothing of a decision that is not a way to the waiting room", async () => {
      const answer = { answer: { status: 200, contentType: "text/plain", body: "x" } };
      const response = await visit({ "x-after": JSON.stringify(answer), cookie: sessionCookie({}) });
      expect(await response.text()).toBe("the shop");
      expect(shop.seen).toHaveLength(1);
    });

    it("name no fact that could be a visitor's value", async () => {
      for (const facts of [["A b"], ["x".repeat(41)], "fact", [1], [null], {}]) {
        await visit({ "x-before": JSON.stringify({ leaveAlone: true, facts }) });
      }
      expect(shop.seen).toEqual([]);
    });

    it("count no more than twenty different facts, so that nobody fills the log", async () => {
      await shop.restart();
      for (let number = 0; number < 30; number++) {
        expect(isQueued(await visit({ "x-before": `{"facts":["fact-${number}"]}` }))).toBe(true);
      }
      await expect.poll(() => shop.log.join("\n")).toContain("fact-19");
      expect(shop.log.join("\n")).not.toContain("fact-20");
    });
  });

  it("answers a publish call and a status call past them", async () => {
    const response = await shop.visit(`https://shop.example/?__push_queueit_config=1`, {
      headers: { "x-before": 'answers {"body":"mine"}', "x-response": '{"headers":{"x-own":"1"}}' },
    });
    expect(await response.text()).not.toBe("mine");
    expect(response.headers.get("x-own")).toBeNull();
  });

  describe("that fail", () => {
    // The log has each reason once a minute, in each isolate.
    beforeEach(() => shop.restart());

    const failures: readonly (readonly [what: string, reason: string])[] = [
      ["throws", "hook-failed"],
      ["throws a text", "hook-failed"],
      ["uses nothing", "hook-failed"],
      ["rejects", "hook-failed"],
      ["evil", "hook-failed"],
      ["hangs", "hook-slow"],
      ["is slow", "hook-slow"],
      ["true", "hook-refused"],
      ['{"leaveAlon":true}', "hook-refused"],
    ];
    const places = [
      ["before", "before-matching-ignored"],
      ["after", "after-decision-ignored"],
      ["response", "on-response-ignored"],
    ] as const;

    it.each(places)("go on without the hook, and the log says why: x-%s", async (place, event) => {
      for (const [what, reason] of failures) {
        const response = await visit({ [`x-${place}`]: what });
        expect(isQueued(response), what).toBe(true);
        expect(response.headers.getSetCookie()).toEqual([]);
        await expect
          .poll(() => shop.log.join("\n"), { message: what })
          .toContain(`"event":"${event}","reason":"${reason}"`);
      }
      expect(shop.seen).toEqual([]);
      expect(shop.log.join("\n")).not.toContain("what the visitor sent");
    });
  });
});
