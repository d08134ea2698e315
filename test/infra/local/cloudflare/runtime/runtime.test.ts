import { existsSync, readdirSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import type { WorkerLog } from "../../../../../infra/local/cloudflare/runtime/worker-log.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { temporaryRoot } from "../../../../../infra/local/cloudflare/runtime/temporary-root.ts";
import { newFolder } from "../../../../support/new-folder.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";

const STORE = "0000000000000000000000000000store";
const text = (value: string) => new TextEncoder().encode(value);

describe("startRuntime", () => {
  const account = new LocalAccount(ACCOUNT_ID);
  const logged: WorkerLog[] = [];
  const outbound: Request[] = [];
  let runtime: LocalRuntime;
  let namespaceId: string;

  const ask = async (script: string, path = "/", init: RequestInit = {}) =>
    runtime.dispatch(script, new Request(`https://shop.example.com${path}`, init));
  const answer = async (script: string, path = "/") => (await ask(script, path)).text();

  beforeAll(async () => {
    namespaceId = (await account.createNamespace("configuration")).id;
    await account.putValue(namespaceId, "info", {
      bytes: text("from the account"),
      metadata: { by: "test" },
    });
    await account.putSecret(STORE, "api-key", "not-a-real-secret");
    await account.putScript(
      moduleWorker(
        "return new Response([await env.KV.get('info'), env.TEXT, env.SECRET, await env.STORED.get()].join())",
        [
          { type: "kv_namespace", name: "KV", namespaceId },
          { type: "plain_text", name: "TEXT", text: "plain" },
          { type: "secret_text", name: "SECRET", text: "secret" },
          { type: "secrets_store_secret", name: "STORED", storeId: STORE, secretName: "api-key" },
        ],
        "bindings",
      ),
    );
    await account.putScript(
      moduleWorker(
        `const { pathname } = new URL(request.url);
         if (pathname === "/throw") throw new Error("boom");
         if (pathname === "/cookies") {
           const headers = new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]);
           return new Response(null, { status: 302, headers: [...headers, ["location", "https://elsewhere.example/"]] });
         }
         if (pathname === "/write") { await env.KV.put("written", "by the Worker"); return new Response("ok"); }
         if (pathname === "/outbound") return fetch("https://origin.example.com/a%2Fb?x=%41", { method: "POST", body: "hello" });
         if (pathname === "/url") return new Response(request.url + " " + request.headers.get("host"));
         if (pathname === "/log") { console.log("said"); return new Response(); }
         if (pathname === "/size") {
           let size = 0;
           for await (const chunk of request.body) size += chunk.byteLength;
           return new Response(String(size) + " of " + request.headers.get("content-length"));
         }`,
        [{ type: "kv_namespace", name: "KV", namespaceId }],
        "paths",
      ),
    );
    await account.putScript({
      ...moduleWorker("", [{ type: "plain_text", name: "GREETING", text: "hello" }], "classic"),
      format: "service-worker",
      content: `addEventListener("fetch", (event) => event.respondWith(new Response(GREETING)));`,
    });
    await account.putScript({
      ...moduleWorker("", [{ type: "kv_namespace", name: "KV", namespaceId }], "timer"),
      content: `export default {
        async fetch() { return new Response(); },
        async scheduled(event, env) {
          if (event.cron === "0 0 * * *") throw new Error("midnight");
          await env.KV.put("cron", event.cron);
        },
      }`,
    });
    const base64 = (source: string) => Buffer.from(source).toString("base64");
    await account.putScript({
      ...moduleWorker("", [{ type: "json", name: "LIMITS", json: { most: [1, null, "ü"] } }], "modules"),
      content: `import a from "./a"; import { b } from "./b"; import c from "./c"; import d from "./d"; import e from "./e";
        export default { fetch: (request, env) => Response.json([a, b, c, d, e.byteLength, env.LIMITS]) };`,
      modules: [
        { name: "a", contentType: "application/javascript+module", base64: base64(`export default "a"`) },
        { name: "b", contentType: "text/javascript+module", base64: base64(`export const b = "b"`) },
        { name: "c", contentType: "application/javascript", base64: base64(`module.exports = "c"`) },
        { name: "d", contentType: "text/plain; charset=utf-8", base64: base64("dü") },
        { name: "e", contentType: "application/octet-stream", base64: base64("1234") },
      ],
    });
    runtime = await startRuntime({
      account,
      outbound: async (request) => {
        outbound.push(request.clone());
        return Promise.resolve(new Response(`origin got ${await request.text()}`, { status: 201 }));
      },
      log: (line) => logged.push(line),
    });
  });

  afterAll(() => runtime.dispose());

  it("gives a Worker its KV values, variables and secrets", async () => {
    expect(await answer("bindings")).toBe("from the account,plain,secret,not-a-real-secret");
  });

  it("shows in the account what a Worker wrote", async () => {
    await answer("paths", "/write");
    const { bytes } = await account.getValue(namespaceId, "written");
    expect(new TextDecoder().decode(bytes)).toBe("by the Worker");
  });

  it("keeps the metadata of a value", async () => {
    expect((await account.getValue(namespaceId, "info")).metadata).toEqual({ by: "test" });
  });

  it("lists and deletes keys, whatever characters they have", async () => {
    await account.putValue(namespaceId, "odd/key ü%", { bytes: text("x") });
    expect(await account.keys(namespaceId, "odd")).toEqual(["odd/key ü%"]);
    await account.deleteValue(namespaceId, "odd/key ü%");
    expect(await account.keys(namespaceId, "odd")).toEqual([]);
  });

  it("shows a Worker the real URL and host, byte for byte", async () => {
    const path = "/url?a=%41&b=+%2F&c";
    expect(await answer("paths", path)).toBe(`https://shop.example.com${path} shop.example.com`);
  });

  it("runs service workers too", async () => {
    expect(await answer("classic")).toBe("hello");
  });

  it("takes each module of an upload for what its content type says, and a variable of JSON as an object", async () => {
    expect(await (await ask("modules")).json()).toEqual(["a", "b", "c", "dü", 4, { most: [1, null, "ü"] }]);
  });

  it("keeps redirects and several Set-Cookie as they are", async () => {
    const response = await ask("paths", "/cookies");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("https://elsewhere.example/");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("hands a Worker's own requests to the caller under their real URL", async () => {
    const response = await ask("paths", "/outbound");
    expect(response.status).toBe(201);
    expect(await response.text()).toBe("origin got hello");
    expect(outbound.at(-1)?.url).toBe("https://origin.example.com/a%2Fb?x=%41");
    expect(outbound.at(-1)?.method).toBe("POST");
  });

  it("forwards what a Worker writes to the console", async () => {
    await answer("paths", "/log");
    await expect.poll(() => logged).toContainEqual(expect.objectContaining({ message: "said" }));
  });

  it("answers error 1101 when a Worker throws, and tells the reason to the operator only", async () => {
    const response = await ask("paths", "/throw");
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("error code: 1101\n");
    expect(logged.some(({ message }) => message.startsWith("paths threw: Error: boom"))).toBe(true);
  });

  it("sends cron events", async () => {
    await runtime.runScheduled("timer", "*/5 * * * *");
    expect(new TextDecoder().decode((await account.getValue(namespaceId, "cron")).bytes)).toBe("*/5 * * * *");
  });

  it("says so when a cron event fails", async () => {
    await expect(runtime.runScheduled("timer", "0 0 * * *")).rejects.toThrow('"0 0 * * *" of timer');
  });

  it("streams an upload with its length", async () => {
    const init = {
      method: "POST",
      body: new Uint8Array(3_000_000),
      headers: { "content-length": "3000000" },
    };
    expect(await (await ask("paths", "/size", init)).text()).toBe("3000000 of 3000000");
  });

  it("refuses a Worker that does not start with the runtime's reason, and keeps the one before it", async () => {
    const broken = {
      ...moduleWorker("", [], "classic"),
      content: "throw new ReferenceError('missing is not defined')",
    };
    await expect(account.putScript(broken)).rejects.toMatchObject({
      code: 10021,
      message: expect.stringMatching(/^classic: Uncaught ReferenceError: missing is not defined/) as string,
    });
    expect(await answer("classic")).toBe("hello");
  });

  it("replaces a Worker without cutting off a request in flight, and keeps KV values", async () => {
    const slow = "return new Response(request.body.pipeThrough(new TransformStream()))";
    await account.putScript(moduleWorker(slow, [], "changing"));
    const upload = new TransformStream<Uint8Array, Uint8Array>();
    const writer = upload.writable.getWriter();
    void writer.write(text("begun and "));
    const begun = await ask("changing", "/", {
      method: "POST",
      body: upload.readable,
      duplex: "half",
    });
    const binding = { type: "kv_namespace", name: "KV", namespaceId } as const;
    await account.putScript(
      moduleWorker("return new Response(await env.KV.get('info'))", [binding], "changing"),
    );
    expect(await answer("changing")).toBe("from the account");
    await writer.write(text("finished"));
    await writer.close();
    expect(await begun.text()).toBe("begun and finished");
  });
});

it("keeps KV values in files that only this user can read", async () => {
  const storage = await newFolder();
  const account = new LocalAccount(ACCOUNT_ID);
  const { id } = await account.createNamespace("values");
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response()),
    log: () => undefined,
    storage,
  });
  await account.putValue(id, "key", { bytes: text("value") });
  const made = readdirSync(storage, { recursive: true }).map((name) => `${storage}/${String(name)}`);
  const modes = made.map((name) => [name, statSync(name).mode & 0o077]);
  await runtime.dispose();
  expect(modes.length).toBeGreaterThan(2);
  expect(modes.filter(([, others]) => others !== 0)).toEqual([]);
});

it("leaves no files behind", async () => {
  const runtime = await startRuntime({
    account: new LocalAccount(ACCOUNT_ID),
    outbound: () => Promise.resolve(new Response()),
    log: () => undefined,
  });
  const folders = () =>
    readdirSync(temporaryRoot()).filter((name) => name.startsWith("queueit-local-cloudflare-"));
  const during = folders();
  await runtime.dispose();
  expect(during.filter((name) => !existsSync(`${temporaryRoot()}/${name}`)).length).toBeGreaterThan(0);
});

it("leaves no process behind", async () => {
  const processes = () =>
    process.getActiveResourcesInfo().filter((resource) => resource === "ProcessWrap").length;
  const before = processes();
  const account = new LocalAccount(ACCOUNT_ID);
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response()),
    log: () => undefined,
  });
  await account.putScript(moduleWorker("return new Response()"));
  expect(processes()).toBeGreaterThan(before);
  await runtime.dispose();
  expect(processes()).toBe(before);
});
