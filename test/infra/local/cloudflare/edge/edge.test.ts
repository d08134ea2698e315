import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { type Edge, startEdge } from "../../../../../infra/local/cloudflare/edge/edge.ts";
import {
  type Handler,
  type LocalNetwork,
  createOutbound,
} from "../../../../../infra/local/cloudflare/edge/network.ts";
import type { RequestEvent } from "../../../../../infra/local/cloudflare/edge/request-event.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { browse } from "../browser.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";

const UPLOAD = 100 * 1024 * 1024;

const bytesOf = (request: Request) =>
  Readable.fromWeb(request.body as ReadableStream) as AsyncIterable<Buffer>;

describe("startEdge", () => {
  const account = new LocalAccount(ACCOUNT_ID);
  const events: RequestEvent[] = [];
  const logged: string[] = [];
  const byWorkers: string[] = [];
  const originPaths = new Map<string, Handler>();
  const network: LocalNetwork = {
    account,
    origin: (request) =>
      originPaths.get(new URL(request.url).pathname)?.(request) ??
      Response.json({ url: request.url, headers: Object.fromEntries(request.headers) }),
    directHost: (host) => {
      if (host === "acme.queue-it.net") return ({ url }) => new Response(`queue-it at ${url}`);
      return host === "localhost" ? () => new Response("dashboard") : undefined;
    },
  };
  let runtime: LocalRuntime;
  let edge: Edge;

  const shop = (path: string) => edge.localUrl(`https://shop.example.com${path}`);

  beforeAll(async () => {
    account.addZone(ZONE);
    await account.putScript(
      moduleWorker(`
        const { pathname } = new URL(request.url);
        if (pathname === "/away") return fetch("https://api.elsewhere.example/");
        if (pathname === "/queue") return fetch("https://acme.queue-it.net/status");
        if (pathname === "/echo") return new Response(request.method + " " + (await request.text()));
        if (pathname === "/large-header") return new Response(null, { headers: { "x-large": "x".repeat(100_000) } });
        if (pathname === "/cookies") {
          const headers = new Headers();
          for (let index = 0; index < 100; index++) headers.append("set-cookie", "c" + index + "=" + "x".repeat(200));
          return new Response(null, { headers });
        }
        if (pathname === "/large-error") throw new Error("é".repeat(3000) + "\\ud800");
        if (pathname === "/large-ask") return fetch("https://origin.example.com/size", { headers: { "x-large": "x".repeat(100_000) } });
        if (pathname === "/refuse") return new Response("too large", { status: 413 });
        const answer = await fetch(request);
        const seen = new Response(answer.body, answer);
        seen.headers.set("x-worker-saw", request.url);
        return seen;`),
    );
    runtime = await startRuntime({
      account,
      outbound: createOutbound(network),
      log: ({ message }) => byWorkers.push(message),
    });
    await account.createRoute(ZONE.id, "shop.example.com/*", "shop");
    await account.createRoute(ZONE.id, "shop.example.com/static/*", undefined);
    edge = await startEdge({
      ...network,
      runtime,
      port: 0,
      onRequest: (event) => events.push(event),
      log: (message) => logged.push(message),
    });
  });

  afterAll(async () => {
    await edge.close();
    await runtime.dispose();
  });

  /** What is answered to a GET with these headers, which no client would send. */
  const speak = async (headers: readonly string[]): Promise<string> => {
    const visitor = connect(edge.port, "127.0.0.1");
    visitor.write(["GET / HTTP/1.1", ...headers, "Connection: close", "", ""].join("\r\n"));
    return await text(visitor);
  };

  it("shows the Worker and the origin the real URL, byte for byte", async () => {
    const path = "/a%2Fb?x=%41&y=+&queue";
    const { headers, body } = await browse(shop(path));
    expect(headers["x-worker-saw"]).toBe(`https://shop.example.com${path}`);
    expect(await body.json()).toMatchObject({ url: `https://shop.example.com${path}` });
  });

  it("gives the Worker the body of a GET, which some apps send", async () => {
    const { statusCode, body } = await browse(shop("/echo"), {
      method: "GET",
      body: Readable.from(['{"a":1}']),
    });
    expect([statusCode, await body.text()]).toEqual([200, 'GET {"a":1}']);
  });

  it("leaves the body of a GET unread where nobody wants it", async () => {
    const { statusCode, body } = await browse(shop("/"), { method: "GET", body: Readable.from(['{"a":1}']) });
    await body.dump();
    expect(statusCode).toBe(200);
    expect((await browse(shop("/"))).statusCode).toBe(200);
  });

  it("gives the origin the address of the connection, not one that the visitor sent", async () => {
    const { body } = await browse(shop("/"), { headers: { "cf-connecting-ip": "1.2.3.4" } });
    expect(await body.json()).toMatchObject({
      headers: { "cf-connecting-ip": "127.0.0.1", host: "shop.example.com" },
    });
  });

  it.each([
    ["a name that no URL can have", ["xn--a.example.com.localhost"]],
    ["letters that end the host of a URL", ["localhost/?.example.com.localhost"]],
    ["a user name", ["x@y.example.com.localhost"]],
    ["two names", ["shop.example.com.localhost", "localhost"]],
  ])("refuses a Host of %s, and logs nothing", async (_, names) => {
    const before = logged.length;
    const answer = await speak(names.map((name) => `Host: ${name}:${edge.port}`));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(logged.slice(before)).toEqual([]);
  });

  it.each([
    ["an answer with a header of 100,000 characters", "/large-header", "x-large"],
    ["an answer with 100 cookies of 200 characters", "/cookies", "set-cookie"],
  ])("passes on %s", async (_, path, name) => {
    const { statusCode, headers } = await browse(shop(path));
    expect(statusCode).toBe(200);
    expect([headers[name]].flat().join("").length).toBeGreaterThan(20_000);
  });

  it("passes on a request with a header of 100,000 characters", async () => {
    const { statusCode, body } = await browse(shop("/"), { headers: { "x-large": "x".repeat(100_000) } });
    expect(statusCode).toBe(200);
    expect(await body.text()).toContain("x".repeat(100_000));
  });

  it("passes on a Worker's own request with a header of 100,000 characters", async () => {
    const { statusCode, body } = await browse(shop("/large-ask"));
    expect(statusCode).toBe(200);
    expect(await body.text()).toContain("x".repeat(100_000));
  });

  it.each(["GET", "HEAD"] as const)("answers error 1101 to a %s when the reason is long", async (method) => {
    const { statusCode } = await browse(shop("/large-error"), { method });
    expect(statusCode).toBe(500);
    expect(byWorkers.join("\n")).toContain(`shop threw: Error: ${"é".repeat(3000)}`);
  });

  it("lets a route without a Worker skip it", async () => {
    const { headers, body } = await browse(shop("/static/logo.svg"));
    expect(headers["x-worker-saw"]).toBeUndefined();
    expect(await body.json()).toMatchObject({ url: "https://shop.example.com/static/logo.svg" });
    expect(events.at(-1)).toMatchObject({ route: "shop.example.com/static/*", worker: null, status: 200 });
  });

  it("sends a host without a route straight to the origin", async () => {
    const { headers } = await browse(edge.localUrl("https://www.example.com/"));
    expect(headers["x-worker-saw"]).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ route: null, worker: null });
  });

  it("follows a change of routes at once", async () => {
    const route = await account.createRoute(ZONE.id, "shop.example.com/fresh*", undefined);
    expect((await browse(shop("/fresh"))).headers["x-worker-saw"]).toBeUndefined();
    await account.deleteRoute(route.id);
    expect((await browse(shop("/fresh"))).headers["x-worker-saw"]).toBeDefined();
  });

  it("reports each request, without its tokens", async () => {
    await browse(shop("/tickets?queueittoken=e_sale~h_fakehash"));
    expect(events.at(-1)).toEqual({
      time: expect.any(Number) as number,
      method: "GET",
      url: "https://shop.example.com/tickets?queueittoken=hidden",
      route: "shop.example.com/*",
      worker: "shop",
      status: 200,
    });
  });

  it("maps redirects and cookies back, each Set-Cookie its own", async () => {
    originPaths.set("/login", () => {
      const headers = new Headers([["location", "https://shop.example.com/next?a=%41"]]);
      headers.append("set-cookie", "a=1; Secure; Domain=example.com");
      headers.append("set-cookie", "b=2");
      return new Response(null, { status: 302, headers });
    });
    const { statusCode, headers } = await browse(shop("/login"));
    expect(statusCode).toBe(302);
    expect(headers["location"]).toBe(shop("/next?a=%41"));
    expect(headers["set-cookie"]).toEqual(["a=1; Domain=example.com.localhost", "b=2"]);
  });

  it("serves direct hosts under their real names", async () => {
    const { body } = await browse(edge.localUrl("https://acme.queue-it.net/?c=acme"));
    expect(await body.text()).toBe("queue-it at https://acme.queue-it.net/?c=acme");
  });

  it("serves the machine's own host", async () => {
    expect(await (await browse(`http://localhost:${edge.port}/`)).body.text()).toBe("dashboard");
  });

  it("lets a Worker reach a direct host", async () => {
    expect(await (await browse(shop("/queue"))).body.text()).toBe(
      "queue-it at https://acme.queue-it.net/status",
    );
  });

  it("lets nothing leave the machine", async () => {
    const { statusCode, body } = await browse(shop("/away"));
    expect(statusCode).toBe(502);
    expect(await body.text()).toContain("no host api.elsewhere.example");
  });

  it.each([
    ["a name of another site, as in DNS rebinding", "evil.example"],
    ["a real name without its local ending", "shop.example.com"],
  ])("refuses %s in the Host header", async (_, name) => {
    const { statusCode, body } = await browse(`http://${name}:${edge.port}/`);
    expect(statusCode).toBe(421);
    expect(await body.text()).toContain("only for names under localhost");
  });

  it("names a site that the account does not have", async () => {
    const { statusCode, body } = await browse(`http://other.example.localhost:${edge.port}/`);
    expect(statusCode).toBe(421);
    expect(await body.text()).toContain("other.example");
  });

  it.each([204, 304])("passes on an answer with status %d", async (status) => {
    originPaths.set("/empty", () => new Response(null, { status, headers: { etag: '"1"' } }));
    const { statusCode, headers, body } = await browse(shop("/empty"));
    expect([statusCode, headers["etag"], await body.text()]).toEqual([status, '"1"', ""]);
  });

  it("answers HEAD with headers only", async () => {
    originPaths.set("/head", ({ method }) => new Response(null, { headers: { "x-method": method } }));
    const { headers, body } = await browse(shop("/head"), { method: "HEAD" });
    expect([headers["x-method"], await body.text()]).toEqual(["HEAD", ""]);
  });

  it("streams a 100 MB upload instead of keeping it", async () => {
    let received = 0;
    let furthestAhead = 0;
    originPaths.set("/upload", async (request) => {
      for await (const chunk of bytesOf(request)) received += chunk.byteLength;
      return new Response(`${received} of ${request.headers.get("content-length")}`);
    });
    const chunk = Buffer.alloc(256 * 1024);
    const upload = Readable.from(
      (function* () {
        for (let sent = 0; sent < UPLOAD; sent += chunk.byteLength) {
          furthestAhead = Math.max(furthestAhead, sent - received);
          yield chunk;
        }
      })(),
    );
    const headers = { "content-length": String(UPLOAD) };
    const { body } = await browse(shop("/upload"), { method: "POST", headers, body: upload });
    expect(await body.text()).toBe(`${UPLOAD} of ${UPLOAD}`);
    expect(furthestAhead).toBeLessThan(UPLOAD / 4);
  });

  it("passes on a Worker's answer that comes before the end of the upload", async () => {
    const upload = new Readable({ read: () => undefined });
    upload.push("the first of many bytes");
    const { statusCode, body } = await browse(shop("/refuse"), { method: "POST", body: upload });
    expect([statusCode, await body.text()]).toEqual([413, "too large"]);
    upload.destroy();
  });

  it("streams an answer while the origin is still writing it", async () => {
    const answer = new TransformStream<Uint8Array, Uint8Array>();
    const writer = answer.writable.getWriter();
    originPaths.set("/slow", () => new Response(answer.readable));
    void writer.write(new TextEncoder().encode("first "));
    const { body } = await browse(shop("/slow"));
    const [first] = (await once(body, "data")) as [Buffer];
    expect(first.toString()).toBe("first ");
    void writer.write(new TextEncoder().encode("second"));
    await writer.close();
    const [second] = (await once(body, "data")) as [Buffer];
    expect(second.toString()).toBe("second");
  });

  it("tells the origin when the visitor goes away", async () => {
    const visitor = new AbortController();
    const left = new Promise<string>((resolve) => {
      originPaths.set("/wait", (request) => {
        request.signal.addEventListener("abort", () => {
          resolve("gone");
        });
        visitor.abort();
        return new Promise(() => undefined);
      });
    });
    await expect(browse(shop("/wait"), { signal: visitor.signal })).rejects.toThrow("aborted");
    expect(await left).toBe("gone");
  });

  it("says why to the operator, and only that it failed to the visitor, when the origin breaks off", async () => {
    originPaths.set("/static/broken", () => {
      throw new Error("the shop has a fault");
    });
    const { statusCode, body } = await browse(shop("/static/broken"));
    expect(statusCode).toBe(502);
    expect(await body.text()).not.toContain("fault");
    expect(logged).toEqual([
      expect.stringMatching(/^The origin of shop\.example\.com broke off: Error: the shop has a fault/),
    ]);
  });

  it("sends requests of other parts of this machine as if from the internet", async () => {
    const response = await edge.fetch(
      new Request("https://shop.example.com/?a", { method: "POST", body: "b" }),
    );
    expect(response.headers.get("x-worker-saw")).toBe("https://shop.example.com/?a");
  });

  it("names the port and the option when the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { readonly port: number };
    const start = startEdge({ ...network, runtime, port, onRequest: () => undefined, log: () => undefined });
    await expect(start).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(new RegExp(`${port}.*--port`)) as string,
    });
    other.close();
  });
});
