import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actionOn, configurationOf, queueAction } from "./support/configurations.ts";
import { RawOrigin } from "./support/raw-origin.ts";
import { rawRequest } from "./support/raw-request.ts";
import { sessionCookie } from "./support/session-cookie.ts";
import { Shop } from "./support/shop.ts";
import { queueToken } from "./support/tokens.ts";

const CONFIGURATION = configurationOf(
  queueAction(),
  actionOn("/form", {
    Name: "buy",
    Triggers: [
      {
        LogicalOperator: "And",
        TriggerParts: [
          { ValidatorType: "RequestBodyValidator", Operator: "Contains", ValueToCompare: "buy" },
        ],
      },
    ],
  }),
);

describe.each(["open", "closed"])("in the runtime itself, in %s mode", (mode) => {
  let origin: RawOrigin;
  let shop: Shop;
  beforeAll(async () => {
    origin = await RawOrigin.open();
    shop = await Shop.open({
      configuration: CONFIGURATION,
      originAddress: origin.address,
      variables: { QUEUEIT_FAILURE_MODE: mode },
    });
  });
  beforeEach(() => {
    origin.asked.length = 0;
    origin.answer = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nthe shop";
  });
  afterAll(async () => {
    await shop.close();
    await origin.close();
  });

  const ask = (line: string, headers: readonly string[] = [], body = ""): Promise<string> => {
    const host = headers.some((header) => header.startsWith("host:")) ? [] : ["host: shop.example"];
    return rawRequest(shop, [`${line} HTTP/1.1`, ...host, ...headers], body);
  };

  describe("a request with a body trigger in the configuration", () => {
    it.each([
      ["GET without body", "GET /any", [], ""],
      ["GET of length 0", "GET /any", ["content-length: 0"], ""],
      ["HEAD of length 0", "HEAD /any", ["content-length: 0"], ""],
      ["GET with JSON", "GET /search", ["content-type: application/json", "content-length: 7"], '{"a":1}'],
      ["GET in chunks", "GET /search", ["transfer-encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n"],
      ["DELETE with a body", "DELETE /basket/1", ["content-length: 3"], "abc"],
      ["POST of length 0", "POST /any", ["content-length: 0"], ""],
      ["POST without length", "POST /any", [], ""],
      ["OPTIONS", "OPTIONS /any", [], ""],
      ["PROPFIND in chunks", "PROPFIND /any", ["transfer-encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n"],
      ["TRACE", "TRACE /any", [], ""],
    ])("reaches the origin as it came: %s", async (_what, line, headers, body) => {
      const answer = await ask(line, headers, body);
      expect(answer).toContain("HTTP/1.1 200 OK");
      expect(origin.asked).toHaveLength(1);
      expect(origin.asked[0]).toContain(`${line} HTTP/1.1\r\n`);
      if (body !== "") expect(origin.asked[0]?.endsWith(body)).toBe(true);
    });

    it("is protected by its body, whatever the method", async () => {
      const answer = await ask("GET /search", ["content-length: 5"], "a buy");
      expect(answer).toContain("HTTP/1.1 302");
      expect(origin.asked).toHaveLength(0);
    });

    it.each(["shop.example:99999", "shop:x", "[::1", "256.1.1.1", "xn--a"])(
      "reaches the origin from a host that no URL can have: %s",
      async (host) => {
        const answer = await ask("POST /any", [`host: ${host}`, "content-length: 3"], "abc");
        expect(answer).toContain("HTTP/1.1 200 OK");
        expect(origin.asked[0]).toMatch(/abc$/);
      },
    );

    it("reaches the origin with the token in its address where the host allows no other", async () => {
      const answer = await ask(
        `POST /tickets?queueittoken=${queueToken()}`,
        ["host: shop:x", "content-length: 3"],
        "abc",
      );
      expect(answer).toContain("HTTP/1.1 200 OK");
      expect(answer.toLowerCase()).toContain("set-cookie: queueitaccepted");
      expect(origin.asked).toHaveLength(1);
    });
  });

  describe("an answer of the origin", () => {
    const session = (): string[] => [`cookie: ${sessionCookie()}`];

    it.each(["999 Odd", "600 Odd", "700 ", "1000 Odd"])(
      "with status %s reaches the visitor, and the origin is asked once",
      async (status) => {
        origin.answer = `HTTP/1.1 ${status}\r\ncontent-length: 2\r\n\r\nhi`;
        const answer = await ask("POST /tickets", [...session(), "content-length: 3"], "abc");
        expect(answer).toContain(`HTTP/1.1 ${status}`);
        expect(answer.endsWith("hi")).toBe(true);
        expect(origin.asked).toHaveLength(1);
      },
    );

    it.each([
      "100 Continue",
      "102 Processing",
      "103 Early Hints",
      "199 Odd",
      "101 Switching Protocols",
      "099 Odd",
    ])("with status %s is a 502, and the origin is asked once", async (status) => {
      origin.answer = `HTTP/1.1 ${status}\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi`;
      const answer = await ask("POST /tickets", [...session(), "content-length: 3"], "abc");
      expect(answer).toContain("HTTP/1.1 502");
      expect(answer).toContain("cannot be shown");
      expect(origin.asked).toHaveLength(1);
    });

    it("that switches to another protocol than WebSocket is a 502, and the origin is asked once", async () => {
      origin.answer = "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n";
      expect(await ask("GET /tickets", [...session(), "upgrade: h2c"])).toContain("HTTP/1.1 502");
      expect(origin.asked).toHaveLength(1);
    });

    it("with a reason phrase that no Response can have keeps everything else, and gets the cookie", async () => {
      origin.answer = "HTTP/1.1 200 caf\xe9\x01\r\ncontent-length: 2\r\nx-own: 1\r\n\r\nhi";
      const answer = (await ask("GET /tickets", session())).toLowerCase();
      expect(answer).toContain("http/1.1 200");
      expect(answer).toContain("x-own: 1");
      expect(answer).toContain("set-cookie: queueitaccepted");
      expect(answer.endsWith("hi")).toBe(true);
    });

    it.each(["204 No Content", "205 Reset Content", "304 Not Modified"])(
      "with status %s and a body it must not have is passed on",
      async (status) => {
        origin.answer = `HTTP/1.1 ${status}\r\ncontent-length: 2\r\n\r\nhi`;
        const answer = await ask("GET /tickets", session());
        expect(answer).toContain(`HTTP/1.1 ${status}`);
        expect(answer.toLowerCase()).toContain("x-queueit-connector");
        expect(origin.asked).toHaveLength(1);
      },
    );

    it.each([
      ["odd header names", "x y: 1\r\n"],
      ["a header without colon", "nonsense\r\n"],
      ["no headers at all", ""],
      ["a header in latin1", "x-name: caf\xe9\r\n"],
      ["two lengths", "content-length: 2\r\ncontent-length: 3\r\n"],
      ["a broken cookie", "set-cookie: \r\nset-cookie: =;;\r\n"],
      ["an encoding nobody knows", "content-encoding: zip\r\n"],
      ["a gzip that is none", "content-encoding: gzip\r\n"],
    ])("with %s does not make the origin be asked again", async (_what, headers) => {
      origin.answer = `HTTP/1.1 200 OK\r\n${headers}\r\nhi`;
      await ask("POST /tickets", [...session(), "content-length: 3"], "abc");
      expect(origin.asked).toHaveLength(1);
    });

    it("that breaks off does not make the origin be asked again", async () => {
      origin.answer = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhi";
      await ask("POST /tickets", [...session(), "content-length: 3"], "abc");
      expect(origin.asked).toHaveLength(1);
    });
  });
});
