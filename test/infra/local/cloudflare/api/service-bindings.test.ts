import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScriptBinding } from "../../../../../infra/local/cloudflare/account/model.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";
import { type RunningApi, startApi, TOKEN } from "./running-api.ts";

interface Answer {
  readonly success: boolean;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly result: unknown;
}

describe("service bindings", () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const call = async (method: string, path: string, body?: FormData): Promise<Answer> => {
    const answer = await fetch(`${api.baseUrl}/accounts/${ACCOUNT_ID}/workers/${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body && { body }),
    });
    return (await answer.json()) as Answer;
  };
  const upload = (name: string, source: string, bindings: readonly object[] = []): Promise<Answer> => {
    const form = new FormData();
    form.set("worker.mjs", new File([source], "worker.mjs", { type: "application/javascript+module" }));
    form.set(
      "metadata",
      JSON.stringify({ main_module: "worker.mjs", compatibility_date: "2026-04-01", bindings }),
    );
    return call("PUT", `scripts/${name}`, form);
  };
  const says = (words: string) => `export default { fetch: () => new Response("${words}") };`;
  const CALLER = "export default { fetch: (request, env) => env.SHOP.fetch(request) };";
  const to = (service: string, more: object = {}) => ({ type: "service", name: "SHOP", service, ...more });

  it("to a Worker that is not there are refused, and nothing is uploaded", async () => {
    expect(await upload("connector", CALLER, [to("shop")])).toMatchObject({
      success: false,
      errors: [
        {
          code: 10143,
          message: "Service binding 'SHOP' references Worker 'shop' which was not found.",
        },
      ],
    });
    expect(api.account.scripts).toEqual([]);
  });

  it("lead to a Worker that was uploaded before, and are told with Cloudflare's environment", async () => {
    await upload("shop", says("the shop"));
    expect(await upload("connector", CALLER, [to("shop")])).toMatchObject({ success: true });
    expect(await api.ask("connector")).toBe("the shop");
    expect(await call("GET", "scripts/connector/settings")).toMatchObject({
      result: { bindings: [{ environment: "production", name: "SHOP", service: "shop", type: "service" }] },
    });
  });

  it("lead to its newest upload at once", async () => {
    await upload("shop", says("the new shop"));
    expect(await api.ask("connector")).toBe("the new shop");
  });

  it("to another environment are refused: a Worker has one", async () => {
    expect(await upload("connector", CALLER, [to("shop", { environment: "staging" })])).toMatchObject({
      errors: [{ code: 10144 }],
    });
  });

  it("are told as references, which wrangler asks for before it deletes", async () => {
    expect(await call("GET", "scripts/shop/references")).toMatchObject({
      result: { services: { incoming: [{ name: "connector" }], outgoing: [] } },
    });
    expect(await call("GET", "scripts/connector/references")).toMatchObject({
      result: { services: { incoming: [], outgoing: [{ name: "shop" }] } },
    });
  });

  it.each(["scripts/shop", "services/shop"])(
    "keep their Worker from being deleted (DELETE %s)",
    async (path) => {
      expect(await call("DELETE", path)).toMatchObject({
        success: false,
        errors: [
          {
            code: 10142,
            message:
              "Cannot delete service 'shop' because it is still referenced by service bindings in Workers " +
              "'connector'. Please remove bindings pointing to it and try again.",
          },
        ],
      });
      expect(await api.ask("connector")).toBe("the new shop");
    },
  );

  it("lead nowhere once their Worker was deleted by force, until it is there again", async () => {
    expect(await call("DELETE", "services/shop?force=true")).toMatchObject({ success: true });
    expect(await api.ask("connector")).toBe("error code: 1101\n");
    expect(api.logged.join("\n")).toContain('The Worker "shop" that is bound here was deleted.');
    await upload("shop", says("back"));
    expect(await api.ask("connector")).toBe("back");
  });

  it("may name a class that the Worker exports, and no other", async () => {
    const source = `import { WorkerEntrypoint } from "cloudflare:workers";
      export class Checkout extends WorkerEntrypoint { fetch() { return new Response("the checkout"); } }
      ${says("the shop")}`;
    await upload("shop", source);
    expect(await upload("connector", CALLER, [to("shop", { entrypoint: "Checkout" })])).toMatchObject({
      success: true,
    });
    expect(await api.ask("connector")).toBe("the checkout");
    expect(await upload("connector", CALLER, [to("shop", { entrypoint: "Missing" })])).toMatchObject({
      errors: [{ code: 10021 }],
    });
    expect(await api.ask("connector")).toBe("the checkout");
  });

  it("may go both ways between two Workers, and to the Worker itself", async () => {
    const binding: ScriptBinding = { type: "service", name: "OTHER", service: "two" };
    await api.account.putScript(moduleWorker("return new Response('two')", [], "two"));
    await api.account.putScript(moduleWorker("return env.OTHER.fetch(request)", [binding], "one"));
    await api.account.putScript(
      moduleWorker("return new Response('two')", [{ ...binding, service: "one" }], "two"),
    );
    expect(await api.ask("one")).toBe("two");
    await api.account.putScript(
      moduleWorker("return new Response('two')", [{ ...binding, service: "two" }], "two"),
    );
    await expect(api.account.deleteScript("two")).rejects.toMatchObject({ code: 10142 });
    await api.account.deleteScript("one");
    await api.account.deleteScript("two");
  });
});
