import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";
import { bareControl } from "./control.ts";

/** Counts its visits in KV; at `/hold` it asks the origin between reading and writing. */
const COUNTER = `
  const n = Number(await env.KV.get("n") ?? 0) + 1;
  if (new URL(request.url).pathname === "/hold") await fetch("https://shop.example.com/origin");
  await env.KV.put("n", String(n), { metadata: { visits: n } });
  return new Response("visit " + n);`;

describe("snapshots of Workers that run", () => {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  const control = bareControl({ account });
  let runtime: LocalRuntime;
  let namespace: string;
  /** Called when a Worker asks the origin; its answer waits for what this returns. */
  let onOrigin: () => Promise<void> = () => Promise.resolve();

  const visit = async (path = "/") =>
    (await runtime.dispatch("counter", new Request(`https://shop.example.com${path}`))).text();
  const call = async (method: string, path: string) => {
    expect((await control.call(method, `/__local/${path}`)).status).toBe(200);
  };
  /** A visit that has read the count and not written it yet; `go` lets it. */
  const heldVisit = async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const arrived = new Promise<void>((resolve) => {
      onOrigin = () => {
        resolve();
        return held;
      };
    });
    const answer = visit("/hold");
    await arrived;
    return { answer, go };
  };

  beforeAll(async () => {
    runtime = await startRuntime({
      account,
      outbound: async () => {
        await onOrigin();
        return new Response();
      },
      log: () => undefined,
    });
    namespace = (await account.createNamespace("counts")).id;
    await account.putScript(
      moduleWorker(COUNTER, [{ type: "kv_namespace", name: "KV", namespaceId: namespace }], "counter"),
    );
  });
  afterAll(() => runtime.dispose());

  it("have the values that Workers wrote, and Workers read those that were put back", async () => {
    expect([await visit(), await visit()]).toEqual(["visit 1", "visit 2"]);
    await call("PUT", "snapshots/two");
    expect(await visit()).toBe("visit 3");
    await call("POST", "snapshots/two/restore");
    expect((await account.getValue(namespace, "n")).metadata).toEqual({ visits: 2 });
    expect(await visit()).toBe("visit 3");
  });

  it("are put back while requests are under way, which end, and whose writes come into nothing", async () => {
    await call("POST", "snapshots/two/restore");
    const { answer, go } = await heldVisit();
    await call("POST", "snapshots/two/restore");
    go();
    expect(await answer).toBe("visit 3");
    expect(new TextDecoder().decode((await account.getValue(namespace, "n")).bytes)).toBe("2");
    expect(await visit()).toBe("visit 3");
  });

  it("come back after a reset, with the Worker that was gone", async () => {
    await call("POST", "reset");
    expect(account.scripts).toEqual([]);
    await expect(account.getValue(namespace, "n")).rejects.toMatchObject({ code: 10013 });
    await call("POST", "snapshots/two/restore");
    expect(await visit()).toBe("visit 3");
  });

  it("wait for uploads that are under way, and go before those that come after", async () => {
    const before = ["a", "b"].map((name) => account.putScript(moduleWorker("", [], name)));
    const reset = account.restore({
      contents: new LocalAccount(ACCOUNT_ID).contents,
      values: new Map(),
      bytes: 0,
    });
    const after = account.putScript(moduleWorker("return new Response('after')", [], "c"));
    await Promise.all([...before, reset, after]);
    expect(account.scripts.map(({ name }) => name)).toEqual(["c"]);
    expect(await (await runtime.dispatch("c", new Request("https://shop.example.com/"))).text()).toBe(
      "after",
    );
  });
});
