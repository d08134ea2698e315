import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { CloseEvent, MessageEvent, WebSocket } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../../../infra/bundles/build-bundle.ts";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { type Edge, startEdge } from "../../../../../infra/local/cloudflare/edge/edge.ts";
import { type LocalNetwork, createOutbound } from "../../../../../infra/local/cloudflare/edge/network.ts";
import type { RequestEvent } from "../../../../../infra/local/cloudflare/edge/request-event.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { isHandshake } from "../../../../../infra/local/cloudflare/http/upgrade.ts";
import {
  CONFIGURATION_BINDING,
  CONFIGURATION_KEY,
  SECRETS,
  VARIABLES,
} from "../../../../../worker/deployment/variables.ts";
import { newFolder } from "../../../../support/new-folder.ts";
import { browse, openWebSocket } from "../browser.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";

/** A site that speaks WebSocket: it says what the handshake was, then repeats what it hears. */
const SITE = moduleWorker(
  `
  if (request.headers.get("upgrade") !== "websocket") return new Response("no handshake", { status: 426 });
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  const { url, headers } = request;
  const told = ["origin", "cookie", "cf-connecting-ip", "x-by-worker"].map((name) => [name, headers.get(name)]);
  server.send(JSON.stringify({ url, ...Object.fromEntries(told) }));
  server.addEventListener("message", ({ data }) => {
    if (data === "close") server.close(4001, "as asked");
    else server.send(data);
  });
  const protocol = headers.get("sec-websocket-protocol");
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: {
      "set-cookie": "seen=1; Secure; Domain=example.com",
      ...(protocol !== null && { "sec-websocket-protocol": protocol.split(",")[0] }),
    },
  });`,
  [],
  "site",
);

const SHOP = moduleWorker(`
  const { pathname } = new URL(request.url);
  if (pathname === "/queue") return Response.redirect("https://acme.queue-it.net/?c=acme", 302);
  if (pathname === "/large") return new Response(null, { headers: { "x-large": "x".repeat(100_000) } });
  if (pathname === "/throws") throw new Error("broken on purpose");
  const passed = new Request(request);
  passed.headers.set("x-by-worker", "yes");
  return fetch(passed);`);

describe("a WebSocket", () => {
  const account = new LocalAccount(ACCOUNT_ID);
  const events: RequestEvent[] = [];
  const logged: string[] = [];
  let runtime: LocalRuntime;
  let edge: Edge;
  const network: LocalNetwork = {
    account,
    origin: (request) =>
      isHandshake(request) ? runtime.upgrade("site", request) : runtime.dispatch("site", request),
    directHost: (host) => (host === "localhost" ? () => new Response("dashboard") : undefined),
  };

  beforeAll(async () => {
    account.addZone(ZONE);
    await account.putScript(SITE);
    await account.putScript(SHOP);
    const log = (message: string) => logged.push(message);
    runtime = await startRuntime({
      account,
      outbound: createOutbound(network),
      log: ({ message }) => {
        log(message);
      },
    });
    await account.createRoute(ZONE.id, "shop.example.com/*", "shop");
    await account.createRoute(ZONE.id, "shop.example.com/static/*", undefined);
    edge = await startEdge({ ...network, runtime, port: 0, onRequest: (event) => events.push(event), log });
  });
  afterAll(async () => {
    await edge.close();
    await runtime.dispose();
  });

  const shop = (path: string) => edge.localUrl(`https://shop.example.com${path}`);
  const next = async (socket: WebSocket): Promise<unknown> => {
    const [event] = (await once(socket, "message")) as [MessageEvent];
    return event.data;
  };

  it.each([
    ["through the Worker", "/live?a=%41", "shop.example.com/*", "shop", "yes"],
    ["past the Worker", "/static/live?a=%41", "shop.example.com/static/*", null, null],
  ])("%s reaches the origin and speaks both ways", async (_, path, route, worker, byWorker) => {
    const socket = await openWebSocket(shop(path), {
      headers: { origin: new URL(shop("/")).origin, cookie: "a=1", "cf-connecting-ip": "1.2.3.4" },
    });
    expect(JSON.parse(String(await next(socket)))).toEqual({
      url: `https://shop.example.com${path}`,
      origin: "https://shop.example.com",
      cookie: "a=1",
      "cf-connecting-ip": "127.0.0.1",
      "x-by-worker": byWorker,
    });
    expect(events.at(-1)).toMatchObject({ route, worker, status: 101 });

    const large = "x".repeat(300_000);
    for (const said of ["hello", "grüße 😀", large]) {
      socket.send(said);
      expect(await next(socket)).toBe(said);
    }
    socket.send("close");
    const [closed] = (await once(socket, "close")) as [CloseEvent];
    expect([closed.code, closed.reason]).toEqual([4001, "as asked"]);
  });

  it("goes through the connector to a site that speaks it", async () => {
    const content = await readFile((await buildBundle(await newFolder())).path, "utf8");
    const { id } = await account.createNamespace("configuration");
    const configuration = JSON.stringify({ Version: 1, Integrations: [] });
    await account.putValue(id, CONFIGURATION_KEY, { bytes: Buffer.from(configuration) });
    await account.putScript({
      ...SHOP,
      name: "connector",
      content,
      bindings: [
        { type: "kv_namespace", name: CONFIGURATION_BINDING, namespaceId: id },
        { type: "plain_text", name: VARIABLES.customerId, text: "acme" },
        { type: "secret_text", name: SECRETS.secretKey, text: "obviously-fake-secret-key-of-the-tests" },
      ],
    });
    await account.createRoute(ZONE.id, "www.example.com/*", "connector");
    const socket = await openWebSocket(edge.localUrl("https://www.example.com/live"));
    await next(socket);
    socket.send("through");
    expect(await next(socket)).toBe("through");
    expect(events.at(-1)).toMatchObject({ worker: "connector", status: 101 });
    socket.close();
  });

  it("gets the protocol that the origin chose, and a cookie for the local name", async () => {
    const socket = await openWebSocket(shop("/live"), { protocols: "chat" });
    expect(socket.protocol).toBe("chat");
    socket.close();
    expect(await handshake("/live")).toMatch(/^set-cookie: seen=1; Domain=example\.com\.localhost\r$/im);
  });

  it.each([
    ["is sent to the waiting room", "/queue", "HTTP/1.1 302 "],
    ["meets a Worker that throws", "/throws", "HTTP/1.1 500 "],
  ])("that %s gets the plain answer, and the end of the connection", async (_, path, status) => {
    expect(await handshake(path)).toContain(status);
  });

  it("that a Worker answers with many headers gets them", async () => {
    expect(await handshake("/large")).toMatch(/^HTTP\/1\.1 200 [\s\S]*x-large: x{100000}\r/);
  });

  it("to a host that does not speak it gets the host's plain answer", async () => {
    const answer = await handshake("/", `localhost:${edge.port}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*dashboard/);
  });

  it("says why to the operator when the Worker throws", async () => {
    await handshake("/throws");
    expect(logged.join("\n")).toContain("shop threw: Error: broken on purpose");
  });

  it("goes on when the Worker is replaced, and the next one meets the new Worker", async () => {
    const socket = await openWebSocket(shop("/live"));
    await next(socket);
    await account.putScript({ ...SHOP, compatibilityDate: "2026-03-01" });
    socket.send("still there");
    expect(await next(socket)).toBe("still there");
    const after = await openWebSocket(shop("/live"));
    await next(after);
    for (const open of [socket, after]) open.close();
  });

  it("survives a visitor who breaks off", async () => {
    const visitor = connect(edge.port, "127.0.0.1");
    visitor.write(rawHandshake("/live", `shop.example.com.localhost:${edge.port}`));
    await once(visitor, "data");
    visitor.resetAndDestroy();
    expect((await browse(shop("/"))).statusCode).toBe(426);
  });

  it("is the only upgrade that is taken up: any other request is answered as if it offered none", async () => {
    const body = "a=1";
    const request = [
      "POST / HTTP/1.1",
      `Host: localhost:${edge.port}`,
      "Connection: Upgrade, HTTP2-Settings, close",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABkAAQAAP__",
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
    expect(await exchange(request)).toMatch(/^HTTP\/1\.1 200 [\s\S]*dashboard/);
  });

  it("does not keep the edge from closing", async () => {
    const other = await startEdge({
      ...network,
      runtime,
      port: 0,
      onRequest: () => undefined,
      log: () => undefined,
    });
    const socket = await openWebSocket(other.localUrl("https://shop.example.com/live"));
    const closed = once(socket, "close");
    await other.close();
    await closed;
  });

  const rawHandshake = (path: string, host: string) =>
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      "Connection: keep-alive, Upgrade",
      "Upgrade: WebSocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "",
      "",
    ].join("\r\n");
  /**
   * What is answered: up to the end of the connection or, to a handshake that is taken, up to the end of its
   * headers.
   */
  const exchange = async (request: string): Promise<string> => {
    const visitor = connect(edge.port, "127.0.0.1");
    visitor.write(request);
    let answer = "";
    for await (const chunk of visitor) {
      answer += String(chunk);
      if (answer.startsWith("HTTP/1.1 101") && answer.includes("\r\n\r\n")) break;
    }
    visitor.destroy();
    return answer;
  };
  const handshake = (path: string, host = `shop.example.com.localhost:${edge.port}`) =>
    exchange(rawHandshake(path, host));
});
