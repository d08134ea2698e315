import { Response as MiniflareResponse } from "miniflare";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import worker from "../../../worker/index.ts";
import { CHAINED_WORKER_BINDING, CONFIGURATION_BINDING } from "../../../worker/deployment/variables.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { TestContext, TestNamespace } from "../support/connector.ts";
import { rawRequest } from "../support/raw-request.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { cookieHeader, Shop } from "../support/shop.ts";
import { CUSTOMER, queueToken, SECRET } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets";
const CONFIGURATION = configurationOf(queueAction());

/** A shop's own Worker, which tells what it is asked, and fails where the path says so. */
const SHOP_WORKER = `
  let asked = 0;
  export default {
    async fetch(request, env, ctx) {
      asked++;
      const { pathname } = new URL(request.url);
      switch (pathname.replace("/tickets/", "")) {
        case "throws": throw new Error("the shop's own");
        case "throws-late": await request.text(); throw new Error("the shop's own");
        case "nothing": return undefined;
        case "past": ctx.passThroughOnException(); throw new Error("the shop's own");
        case "count": return new Response(String(asked));
        case "moved": return new Response(null, { status: 302, headers: { location: "https://elsewhere.example/" } });
        case "unchanged": return new Response(null, { status: 304, headers: { etag: '"1"' } });
        case "broken": return new Response("the shop's own error page", { status: 500 });
        case "zone": return fetch(request);
        case "cut": {
          let parts = 0;
          return new Response(new ReadableStream({
            pull(stream) {
              if (parts++ === 0) stream.enqueue(new TextEncoder().encode("first"));
              else stream.error(new Error("cut"));
            },
          }));
        }
        case "stream": {
          const { readable, writable } = new TransformStream();
          ctx.waitUntil(request.body.pipeTo(writable));
          return new Response(readable);
        }
        case "socket": {
          const [client, server] = Object.values(new WebSocketPair());
          server.accept();
          server.addEventListener("message", ({ data }) => server.send("echo " + data));
          return new Response(null, { status: 101, webSocket: client });
        }
      }
      const { method, url, redirect, headers, cf } = request;
      const told = {
        method, url, redirect, body: await request.text(),
        address: headers.get("cf-connecting-ip"), colo: cf?.colo ?? null,
      };
      const answer = new Response(method === "HEAD" ? null : JSON.stringify(told));
      answer.headers.append("set-cookie", "basket=1");
      answer.headers.set("x-method", method);
      return answer;
    },
  };
`;

describe("requests that pass to a chained Worker", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: CONFIGURATION, chained: SHOP_WORKER });
  });
  afterAll(() => shop.close());

  type Init = NonNullable<Parameters<Shop["visit"]>[1]>;
  const visit = (path = "", init: Init = {}): ReturnType<Shop["visit"]> =>
    shop.visit(`${PAGE}${path}`, {
      ...init,
      headers: { cookie: sessionCookie(), ...(init.headers as Record<string, string> | undefined) },
    });

  it("keep method, address, body, the visitor's address and what Cloudflare knows of the visitor", async () => {
    const headers = { "cf-connecting-ip": "192.0.2.7" };
    const answer = await visit("?seat=1", { method: "POST", body: "seat=4", headers, cf: { colo: "CPH" } });
    expect(await answer.json()).toEqual({
      method: "POST",
      url: `${PAGE}?seat=1`,
      redirect: "manual",
      body: "seat=4",
      address: "192.0.2.7",
      colo: "CPH",
    });
    expect(shop.seen).toEqual([]);
  });

  it("get the session cookie beside its own, and the same headers as from an origin", async () => {
    const { headers } = await visit();
    expect(headers.get("x-queueit-connector")).toBe("cloudflare");
    expect(headers.get("x-queueit-failed")).toBeNull();
    expect(headers.getSetCookie().map((cookie) => cookie.split("=", 1)[0])).toEqual([
      "basket",
      "QueueITAccepted-SDFrts345E-V3_event1",
    ]);
    expect(headers.get("cache-control")).toBe("private");
  });

  it.each([
    ["/moved", 302],
    ["/unchanged", 304],
    ["/broken", 500],
  ])("%s comes back as it is, with status %i", async (path, status) => {
    const answer = await visit(path);
    expect([answer.status, answer.headers.get("x-queueit-connector")]).toEqual([status, "cloudflare"]);
    if (status === 302) expect(answer.headers.get("location")).toBe("https://elsewhere.example/");
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])("keep the method %s", async (method) => {
    expect((await visit("", { method })).headers.get("x-method")).toBe(method);
  });

  it("stream both ways", async () => {
    const part = new TextEncoder().encode("part");
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        stream.enqueue(part);
        stream.close();
      },
    });
    const answer = await visit("/stream", { method: "POST", body: body as never, duplex: "half" });
    expect(await answer.text()).toBe("part");
  });

  it("may be a WebSocket", async () => {
    const { status, webSocket } = await visit("/socket", { headers: { upgrade: "websocket" } });
    expect(status).toBe(101);
    const said = new Promise((resolve) => {
      webSocket?.addEventListener("message", ({ data }) => {
        resolve(data);
      });
    });
    webSocket?.accept();
    webSocket?.send("hello");
    expect(await said).toBe("echo hello");
    webSocket?.close();
  });

  it("come without the queue token after it was taken", async () => {
    const url = `${PAGE}?queueittoken=${queueToken()}`;
    const answer = await shop.visit(url, { method: "POST", body: "seat=4" });
    expect(await answer.json()).toMatchObject({ url: PAGE, body: "seat=4" });
    expect(cookieHeader(answer)).toContain("QueueITAccepted");
  });

  it("do not come at all from a visitor who has to queue", async () => {
    const before = Number(await (await visit("/count")).text());
    expect((await shop.visit(`${PAGE}/count`)).status).toBe(302);
    expect(Number(await (await visit("/count")).text())).toBe(before + 1);
  });

  it("reach the origin when it asks its own zone, and not the connector again", async () => {
    expect(await (await visit("/zone")).text()).toBe("the shop");
    expect(shop.seen.splice(0)).toHaveLength(1);
  });

  /** What comes back byte by byte: status line and body. */
  async function rawAnswer(of: Pick<Shop, "address">, path: string): Promise<readonly string[]> {
    const head = [`POST /tickets${path} HTTP/1.1`, "host: shop.example", `cookie: ${sessionCookie()}`];
    const answer = await rawRequest(of, [...head, "content-length: 0"]);
    expect(answer.includes("x-queueit-connector")).toBe(of === shop && answer.startsWith("HTTP/1.1 200"));
    const [headers = "", ...body] = answer.split("\r\n\r\n");
    return [headers.split("\r\n", 1)[0] ?? "", body.join("\r\n\r\n")];
  }

  it.each(["/throws", "/throws-late", "/nothing", "/cut"])(
    "that fail (%s) get what that Worker gives alone, and the origin is not asked past it",
    async (path) => {
      const alone = await rawAnswer({ address: () => shop.chainedAddress() }, path);
      expect(await rawAnswer(shop, path)).toEqual(alone);
      expect(shop.seen).toEqual([]);
    },
  );

  it("keep what that Worker itself asked of the runtime: its own way to the origin when it throws", async () => {
    expect(await (await visit("/past")).text()).toBe("the shop");
    expect(shop.seen.splice(0)).toHaveLength(1);
  });
});

describe("a connector that fails", () => {
  it("fails open to the chained Worker, once", async () => {
    const shop = await Shop.open({ chained: SHOP_WORKER });
    const answer = await shop.visit(`${PAGE}/count`);
    expect(answer.headers.get("x-queueit-failed")).toBe("true");
    expect(await answer.text()).toBe("1");
    expect(shop.seen).toEqual([]);
    await shop.close();
  });

  it("fails closed before it", async () => {
    const shop = await Shop.open({ chained: SHOP_WORKER, variables: { QUEUEIT_FAILURE_MODE: "closed" } });
    expect((await shop.visit(PAGE)).status).toBe(503);
    await shop.close();
  });

  it("lets the origin answer where somebody wrote a text in the place of the Worker", async () => {
    const shop = await Shop.open({
      configuration: CONFIGURATION,
      variables: { [CHAINED_WORKER_BINDING]: "shop-frontend" },
    });
    expect(await (await shop.visit("https://shop.example/about")).text()).toBe("the shop");
    await shop.close();
  });

  it("does not ask the runtime for a way to the origin, past the chained Worker", async () => {
    const fetches = vi.fn((request: Request) => Promise.resolve(new Response(request.url)));
    const asked = async (bound: object) => {
      const context = new TestContext();
      const env = {
        [CONFIGURATION_BINDING]: new TestNamespace(JSON.stringify(CONFIGURATION)),
        QUEUEIT_CUSTOMER_ID: CUSTOMER,
        QUEUEIT_SECRET_KEY: SECRET,
        ...bound,
      };
      await worker.fetch(new Request("https://shop.example/"), env, context);
      return context.passesThrough;
    };
    expect(await asked({ [CHAINED_WORKER_BINDING]: { fetch: fetches } })).toBe(false);
    expect(fetches).toHaveBeenCalledOnce();
  });
});

it("calls of the connector to Queue-it never go to the chained Worker", async () => {
  const shop = await Shop.open({
    configuration: CONFIGURATION,
    chained: SHOP_WORKER,
    variables: { QUEUEIT_DIRECT_PASS_URL: "https://pass.queue-it.example/" },
    origin: () => new MiniflareResponse(null, { status: 403 }),
  });
  const before = await shop.visit(`${PAGE}/count`, { headers: { cookie: sessionCookie() } });
  expect(await before.text()).toBe("1");
  await shop.visit(PAGE);
  expect(shop.seen.map(({ url }) => new URL(url).hostname)).toEqual(["pass.queue-it.example"]);
  const after = await shop.visit(`${PAGE}/count`, { headers: { cookie: sessionCookie() } });
  expect(await after.text()).toBe("2");
  await shop.close();
});
