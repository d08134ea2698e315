import { Headers, Response, WebSocketPair, type Request } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { Shop } from "../support/shop.ts";
import { queueToken } from "../support/tokens.ts";

const SHOP = "https://shop.example/tickets";

/** Lets a test hold a stream of the origin open until it has seen the first part. */
let releaseStream: () => void = () => undefined;

function origin(request: Request): Response {
  const { pathname } = new URL(request.url);
  switch (pathname.replace("/tickets/", "")) {
    case "cookies": {
      const headers = new Headers();
      headers.append("set-cookie", "basket=1; path=/");
      headers.append("set-cookie", "language=da; path=/");
      return new Response("cookies", { headers });
    }
    case "empty":
      return new Response(null, { status: 204 });
    case "unchanged":
      return new Response(null, { status: 304, headers: { etag: '"1"' } });
    case "moved":
      return new Response(null, { status: 301, headers: { location: "/elsewhere" } });
    case "broken":
      return new Response("the shop's own error page", { status: 500 });
    case "packed":
      return new Response("unpacked", { headers: { "content-encoding": "gzip" } });
    case "stream": {
      const parts = ["first", "second"].map((text) => new TextEncoder().encode(text));
      const body = new ReadableStream({
        async pull(controller) {
          if (parts.length === 1) await new Promise<void>((resolve) => (releaseStream = resolve));
          const part = parts.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(part);
        },
      });
      return new Response(body);
    }
    case "socket": {
      const [client, server] = Object.values(new WebSocketPair());
      server?.accept();
      server?.addEventListener("message", ({ data }) => {
        server.send(`echo ${typeof data}`);
      });
      return new Response(null, { status: 101, webSocket: client ?? null });
    }
    default:
      return new Response(`${request.method} ${request.url}`);
  }
}

describe("the origin's answer", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: configurationOf(queueAction()), origin });
  });
  afterAll(() => shop.close());

  const visit = (path: string, headers: Record<string, string> = {}): ReturnType<Shop["visit"]> =>
    shop.visit(`${SHOP}/${path}`, { headers: { cookie: sessionCookie(), ...headers } });

  it("keeps its own cookies beside the session cookie", async () => {
    const names = (await visit("cookies")).headers.getSetCookie().map((cookie) => cookie.split("=", 1)[0]);
    expect(names).toEqual(["basket", "language", "QueueITAccepted-SDFrts345E-V3_event1"]);
  });

  it.each([
    ["empty", 204],
    ["unchanged", 304],
    ["moved", 301],
    ["broken", 500],
  ])("%s keeps its status %i and gets the session cookie", async (path, status) => {
    const response = await visit(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-queueit-connector")).toBe("cloudflare");
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  it("may be a redirect to a form that was posted with a token: the visitor follows it, not the Worker", async () => {
    const url = `${SHOP}/moved?queueittoken=${queueToken()}`;
    const response = await shop.visit(url, { method: "POST", body: "seat=4" });
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe("/elsewhere");
    expect(shop.seen.at(-1)?.url).toBe(`${SHOP}/moved`);
  });

  it("is streamed: its first part arrives before its last one exists", async () => {
    const reader = (await visit("stream", { "accept-encoding": "identity" })).body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value as Uint8Array).toString()).toBe("first");
    releaseStream();
    const second = await reader?.read();
    expect(Buffer.from(second?.value as Uint8Array).toString()).toBe("second");
  });

  it("can be compressed", async () => {
    expect(await (await visit("packed", { "accept-encoding": "gzip" })).text()).toBe("unpacked");
  });

  it.each(["", `?queueittoken=${queueToken()}`])(
    "can be a WebSocket (address ending in %j)",
    async (query) => {
      const response = await visit(`socket${query}`, { upgrade: "websocket" });
      expect(response.status).toBe(101);
      expect(response.headers.get("x-queueit-connector")).toBe("cloudflare");
      const socket = response.webSocket;
      const answer = new Promise((resolve) => {
        socket?.addEventListener("message", ({ data }) => {
          resolve(data);
        });
      });
      socket?.accept();
      socket?.send("hello");
      expect(await answer).toBe("echo string");
      socket?.close();
    },
  );

  it.each(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])(
    "is asked for by the same method: %s",
    async (method) => {
      await shop.visit(`${SHOP}/method`, { method, headers: { cookie: sessionCookie() } });
      expect(shop.seen.at(-1)?.method).toBe(method);
    },
  );
});
