import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import type { KvState } from "../../../../../infra/local/cloudflare/runtime/kv-gate.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";

const READS_KV = `try { return new Response(await env.KV.get("greeting", "text")); }
  catch (error) { return new Response(error.message, { status: 500 }); }`;
const WRITES_KV = `await env.KV.put("written", "by the Worker", { metadata: { by: "it" } });
  const { value, metadata } = await env.KV.getWithMetadata("written", "arrayBuffer");
  const { keys } = await env.KV.list({ prefix: "w" });
  return Response.json([new TextDecoder().decode(value), metadata, keys.map(({ name }) => name)]);`;
const TELLS_TIME =
  "return Response.json([Date.now(), new Date().getTime(), Date.parse(Date()), new Date(5).getTime()])";

describe("a running Worker", () => {
  const account = new LocalAccount(ACCOUNT_ID);
  const asked: string[] = [];
  let state: () => Promise<KvState> = () => Promise.resolve("works");
  let runtime: LocalRuntime;
  const ask = (script: string) => runtime.dispatch(script, new Request("https://shop.example.com/"));

  beforeAll(async () => {
    const { id } = await account.createNamespace("configuration");
    const kv = [{ type: "kv_namespace", name: "KV", namespaceId: id }] as const;
    await account.putValue(id, "greeting", { bytes: new TextEncoder().encode("hello") });
    await account.putScript(moduleWorker(READS_KV, kv, "reads"));
    await account.putScript(moduleWorker(WRITES_KV, kv, "writes"));
    await account.putScript(moduleWorker(TELLS_TIME, [], "clock"));
    await account.putScript({
      ...moduleWorker("", kv, "classic"),
      format: "service-worker",
      content: `addEventListener("fetch", (event) => event.respondWith(KV.get("greeting").then((text) => new Response(text + Date.now()))));`,
    });
    runtime = await startRuntime({
      account,
      outbound: ({ url }) => {
        asked.push(url);
        return Promise.resolve(new Response());
      },
      log: () => undefined,
      kvGate: () => state(),
    });
  });

  afterAll(() => runtime.dispose());

  it("reads, writes and lists KV as without switches", async () => {
    expect(await (await ask("reads")).text()).toBe("hello");
    expect(await (await ask("writes")).json()).toEqual(["by the Worker", { by: "it" }, ["written"]]);
    expect(await (await ask("classic")).text()).toMatch(/^hello\d+$/);
    expect(asked).toEqual([]);
  });

  it("sees KV fail from one moment to the next, with the runtime's own words, and come back", async () => {
    state = () => Promise.resolve("down");
    const failed = await ask("reads");
    expect([failed.status, await failed.text()]).toEqual([500, "KV GET failed: 503 Service Unavailable"]);
    state = () => Promise.resolve("works");
    expect(await (await ask("reads")).text()).toBe("hello");
  });

  it("waits for KV for as long as it is slow", async () => {
    let release: (state: KvState) => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (isAsked = resolve));
    state = () => {
      isAsked();
      return new Promise((resolve) => (release = resolve));
    };
    const answer = ask("reads");
    await waits;
    release("works");
    expect(await (await answer).text()).toBe("hello");
    state = () => Promise.resolve("works");
  });

  it("leaves the values that the management API reads alone while KV is down", async () => {
    state = () => Promise.resolve("down");
    const [namespace] = account.namespaces;
    expect((await account.getValue(namespace?.id ?? "", "greeting")).bytes).toEqual(
      new TextEncoder().encode("hello"),
    );
    state = () => Promise.resolve("works");
  });

  it.each([3_600_000, -3_600_000, 0])("lives by a clock that is %i ms ahead", async (skewMs) => {
    await runtime.setClock(skewMs);
    const [now, made, written, given] = (await (await ask("clock")).json()) as [
      number,
      number,
      number,
      number,
    ];
    for (const told of [now, made, written])
      expect(Math.abs(told - Date.now() - skewMs)).toBeLessThan(600_000);
    expect(given).toBe(5);
    const classic = Number((await (await ask("classic")).text()).slice("hello".length));
    expect(Math.abs(classic - Date.now() - skewMs)).toBeLessThan(600_000);
  });
});
