import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { TriggerPart } from "../../worker/configuration/integration-configuration.ts";
import { decide, type Decision } from "../../worker/request-flow.ts";
import { runs } from "../support/runs.ts";
import { actionOn, configurationOf, pathContains, queueAction } from "./support/configurations.ts";
import { connectorWith, TestContext } from "./support/connector.ts";
import { addMd5 } from "./support/md5.ts";
import { RawOrigin } from "./support/raw-origin.ts";
import { rawRequest } from "./support/raw-request.ts";
import { sessionCookie } from "./support/session-cookie.ts";
import { Shop } from "./support/shop.ts";
import { queueToken } from "./support/tokens.ts";

/** Looks at every part of a request, so that none is left unread. */
const EVERYTHING: readonly TriggerPart[] = [
  { ValidatorType: "CookieValidator", CookieName: "__proto__", Operator: "Contains", ValueToCompare: "x" },
  {
    ValidatorType: "HttpHeaderValidator",
    HttpHeaderName: "x-test",
    Operator: "EqualsAny",
    ValuesToCompare: ["x"],
  },
  { ValidatorType: "UserAgentValidator", Operator: "Contains", ValueToCompare: "bot", IsIgnoreCase: true },
  { ValidatorType: "RequestBodyValidator", Operator: "Contains", ValueToCompare: "buy" },
  { ValidatorType: "UrlValidator", UrlPart: "HostName", Operator: "Equals", ValueToCompare: "x" },
  pathContains("/t"),
];

const CONFIGURATION = configurationOf(
  actionOn("/leave", { Name: "leave", ActionType: "Cancel" }),
  queueAction({
    EventId: "Event1",
    InvolvedWaitingRoomIds: ["event1"],
    IsNormalizationEnabled: true,
    Triggers: [{ LogicalOperator: "Or", TriggerParts: EVERYTHING }],
  }),
);

/** Any text, down to halves of characters; and pieces that mean something to the connector. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
);
const piece = fc.oneof(
  { weight: 2, arbitrary: anyText },
  fc.constantFrom(
    "?",
    "&",
    "=",
    "%",
    "%zz",
    "%ff",
    "%00",
    "\r\n",
    "#",
    "~",
    "_",
    ";",
    "/",
    "\\",
    "\ud800",
    "𐀀",
  ),
  fc.constantFrom(
    "queueittoken=",
    "&queueittoken",
    "~h_",
    "~rt_debug",
    "e_event1~",
    "ts_-1",
    "hip_",
    "__proto__=",
  ),
  fc.constantFrom("x".repeat(16_000), "%20".repeat(5000), "/..".repeat(4000), "?".repeat(9000)),
  fc.constantFrom("queue", "debug", "").map((redirectType) => queueToken({ room: "Event1", redirectType })),
  fc.constantFrom(sessionCookie(), sessionCookie({ room: "Event1", ip: "192.0.2.1" })),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
const HEADERS = [
  "cookie",
  "user-agent",
  "x-test",
  "x-queueittoken",
  "x-queueit-ajaxpageurl",
  "cf-connecting-ip",
  "referer",
];

describe("whatever a visitor sends", () => {
  it("is answered by a decision with addresses and cookies that fit into headers, never by a failure", async () => {
    addMd5();
    onTestFinished(() => void vi.restoreAllMocks());
    const enqueueToken = { validityMs: 240_000, withKey: true };
    const connector = connectorWith(CONFIGURATION, { enqueueToken });
    const kinds: Record<Decision["kind"], number> = {
      "to-queue-it": 0,
      "strip-token": 0,
      preflight: 0,
      prefetch: 0,
      pass: 0,
    };
    const headers = fc.dictionary(fc.constantFrom(...HEADERS), text, { maxKeys: 7 });
    const request = fc.record({
      url: fc.tuple(fc.constantFrom("https://shop.example", ""), text).map((parts) => parts.join("/t")),
      method: fc.constantFrom("GET", "POST"),
      headers,
      body: text,
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ url, method, headers, body }) => {
        const visitor = { url, method, headers: { get: (name: string) => headers[name] ?? null } };
        const readBody = (limit: number): Promise<string> => Promise.resolve(body.slice(0, limit));
        const decision = await decide(visitor, readBody, connector, new TestContext());
        kinds[decision.kind]++;
        if (decision.kind === "to-queue-it") expect(decision.url).toMatch(/^https:\/\/[\x21-\x7e]+$/);
        for (const cookie of decision.cookies) expect(cookie).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: runs(200, 1000) },
    );
    expect(kinds["to-queue-it"]).toBeGreaterThan(runs(50, 250));
    expect(kinds.pass).toBeGreaterThan(runs(4, 20));
  });

  describe("in workerd", () => {
    let shop: Shop;
    let origin: RawOrigin;
    beforeAll(async () => {
      origin = await RawOrigin.open();
      shop = await Shop.open({
        configuration: CONFIGURATION,
        variables: { QUEUEIT_ENQT_ENABLED: "true" },
        originAddress: origin.address,
      });
    });
    afterAll(async () => {
      await shop.close();
      await origin.close();
    });

    it("is never what makes the connector fail open", async () => {
      const bytes = fc.string({
        unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
      });
      const hostile = fc.oneof(
        bytes,
        text.map((one) => one.replace(/[^\x21-\x7e]/g, "").slice(0, 3000)),
      );
      // Authorities that the runtime takes and `URL` refuses, and some of no kind at all.
      const host = fc.oneof(
        fc.constantFrom(
          "shop.example",
          "shop.example:99999",
          "shop:x",
          "[::1",
          "256.1.1.1",
          "xn--a",
          "shop.example.",
        ),
        bytes.map((one) => one.replace(/[\s/]/g, "") || "x"),
      );
      const statusCall = ["?__queueit_status", "&__queueit_status", ""];
      const request = fc.record({
        method: fc.constantFrom("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND"),
        target: fc
          .tuple(hostile, fc.constantFrom(...statusCall))
          .map(([one, end]) => `/t${one.replaceAll("#", "")}${end}`),
        host,
        cookie: hostile,
        header: fc.constantFrom(
          ...HEADERS.filter((name) => name !== "cookie" && name !== "cf-connecting-ip"),
        ),
        value: hostile,
        body: bytes,
      });
      let connectorAnswers = 0;
      await fc.assert(
        fc.asyncProperty(request, async ({ method, target, host, cookie, header, value, body }) => {
          const head = [
            `${method} ${target} HTTP/1.1`,
            `host: ${host}`,
            `cookie: ${cookie}`,
            `${header}: ${value}`,
            `x-queueit-status: ${Date.now()}.${"0".repeat(64)}`,
            `content-length: ${body.length}`,
          ];
          const askedBefore = origin.asked.length;
          const answer = (await rawRequest(shop, head, body)).toLowerCase();
          expect(origin.asked.length - askedBefore).toBeLessThanOrEqual(1);
          expect(answer).not.toContain("x-queueit-failed");
          expect(answer).not.toContain("http/1.1 502");
          if (answer.includes("x-queueit-connector: cloudflare")) connectorAnswers++;
        }),
        { numRuns: runs(150, 600) },
      );
      // The rest is refused by the runtime's own HTTP parser.
      expect(connectorAnswers).toBeGreaterThan(runs(50, 200));
    });

    it.each(["shop.example.com:99999", "shop:x", "[::1", "256.1.1.1", "xn--a"])(
      "queues with a forged status call from a host that no URL can have: %s",
      async (host) => {
        const answer = await rawRequest(shop, [
          "GET /t?__queueit_status HTTP/1.1",
          `host: ${host}`,
          `x-queueit-status: ${Date.now()}.${"0".repeat(64)}`,
        ]);
        expect(answer).toContain("HTTP/1.1 302");
        expect(answer).not.toContain("x-queueit-failed");
      },
    );

    it("passes on addresses that are not well formed as they are", async () => {
      const answer = await rawRequest(shop, ["GET /plain?a=%zz&b=%ff HTTP/1.1", "host: shop.example"]);
      expect(answer).toContain("HTTP/1.1 200");
      expect(origin.asked.at(-1)).toContain("GET /plain?a=%zz&b=%ff HTTP/1.1");
    });
  });
});
