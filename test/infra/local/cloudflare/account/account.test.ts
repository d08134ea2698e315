import { beforeEach, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import {
  type Deployment,
  type WorkerHost,
  WorkerStartError,
} from "../../../../../infra/local/cloudflare/account/model.ts";
import { MemoryKv } from "../../../../../infra/local/cloudflare/account/memory-kv.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";

const worker = moduleWorker("return new Response()");

describe("LocalAccount", () => {
  let account: LocalAccount;

  beforeEach(() => {
    account = new LocalAccount(ACCOUNT_ID);
    account.addZone(ZONE);
  });

  describe("KV namespaces", () => {
    it("have an id of 32 hexadecimal characters", async () => {
      expect((await account.createNamespace("configuration")).id).toMatch(/^[0-9a-f]{32}$/);
    });

    it("refuse a title that exists", async () => {
      await account.createNamespace("configuration");
      await expect(account.createNamespace("configuration")).rejects.toMatchObject({ code: 10014 });
    });

    it("may keep their own title when renamed", async () => {
      const { id } = await account.createNamespace("configuration");
      expect(await account.renameNamespace(id, "configuration")).toEqual({ id, title: "configuration" });
    });

    it("lose their values when deleted", async () => {
      const { id } = await account.createNamespace("configuration");
      await account.putValue(id, "info", { bytes: new Uint8Array([1]) });
      await account.deleteNamespace(id);
      await expect(account.getValue(id, "info")).rejects.toMatchObject({ code: 10013 });
    });

    it("tell a key that does not exist", async () => {
      const { id } = await account.createNamespace("configuration");
      await expect(account.getValue(id, "info")).rejects.toMatchObject({ code: 10009, status: 404 });
    });

    it.each(["", ".", "..", "k".repeat(513)])("refuse the key %j", async (key) => {
      const { id } = await account.createNamespace("configuration");
      await expect(account.putValue(id, key, { bytes: new Uint8Array() })).rejects.toMatchObject({
        code: 10033,
      });
    });
  });

  describe("Workers", () => {
    it.each(["Shop", "a b", "", "#front", "x".repeat(64)])("refuse the name %j", async (name) => {
      await expect(account.putScript({ ...worker, name })).rejects.toMatchObject({ code: 10016 });
    });

    it("refuse a binding to a namespace that does not exist", async () => {
      const binding = { type: "kv_namespace", name: "KV", namespaceId: "missing" } as const;
      await expect(account.putScript(moduleWorker("", [binding]))).rejects.toMatchObject({ code: 10042 });
    });

    it("refuse two bindings of one name", async () => {
      const binding = { type: "plain_text", name: "A", text: "" } as const;
      await expect(account.putScript(moduleWorker("", [binding, binding]))).rejects.toMatchObject({
        code: 10053,
      });
    });

    it("refuse a variable above 5 kB without showing its value", async () => {
      const binding = { type: "secret_text", name: "A", text: "s".repeat(5121) } as const;
      await expect(account.putScript(moduleWorker("", [binding]))).rejects.toMatchObject({
        code: 10054,
        message: expect.not.stringContaining("ssss") as string,
      });
    });

    it("cannot be deleted while a route uses them", async () => {
      await account.putScript(worker);
      await account.createRoute(ZONE.id, "shop.example.com/*", worker.name);
      await expect(account.deleteScript(worker.name)).rejects.toMatchObject({
        message: expect.stringContaining("shop.example.com/*") as string,
      });
    });

    it("are unknown until they are uploaded", () => {
      expect(() => account.script("shop")).toThrow(expect.objectContaining({ code: 10007 }) as Error);
    });
  });

  describe("routes", () => {
    const refusal = (code: number) => expect.objectContaining({ name: "CloudflareError", code }) as Error;

    it("refuse a pattern that exists, however it is written", async () => {
      await account.createRoute(ZONE.id, "shop.example.com/*", undefined);
      await expect(account.createRoute(ZONE.id, "SHOP.example.com/*", undefined)).rejects.toEqual(
        refusal(10020),
      );
    });

    it("refuse a Worker that does not exist", async () => {
      await expect(account.createRoute(ZONE.id, "shop.example.com/*", "missing")).rejects.toEqual(
        refusal(10019),
      );
    });

    it("refuse a zone that does not exist", async () => {
      await expect(account.createRoute("missing", "shop.example.com/*", undefined)).rejects.toEqual(
        refusal(7003),
      );
    });

    it.each(["shop.example.com/*.jpg", "shop.example.com/?a=b", "shop.other.example/*", "notexample.com/*"])(
      "refuse the pattern %s",
      async (pattern) => {
        await expect(account.createRoute(ZONE.id, pattern, undefined)).rejects.toEqual(refusal(10022));
      },
    );

    it("may be changed to their own pattern with another Worker", async () => {
      await account.putScript(worker);
      const { id } = await account.createRoute(ZONE.id, "shop.example.com/*", undefined);
      await account.replaceRoute(id, "shop.example.com/*", worker.name);
      expect(account.routes).toEqual([
        { id, zoneId: ZONE.id, pattern: "shop.example.com/*", script: worker.name },
      ]);
    });

    it("are gone once deleted", async () => {
      const { id } = await account.createRoute(ZONE.id, "shop.example.com/*", undefined);
      await account.deleteRoute(id);
      await expect(account.deleteRoute(id)).rejects.toEqual(refusal(10009));
    });
  });

  describe("cron triggers", () => {
    it.each(["*/5 * * * *", "0 9-17 * * MON-FRI", "0 0 L * *", "0 0 * JAN,JUL 2#1", "59 23 31 12 7"])(
      "take %s",
      async (cron) => {
        await account.putScript(worker);
        await account.putSchedules(worker.name, [cron]);
        expect(account.schedules(worker.name)).toEqual([cron]);
      },
    );

    it.each([
      "",
      "* * * *",
      "60 * * * *",
      "* * * * 0",
      "*/0 * * * *",
      "0 */30 * * *",
      "@hourly",
      "0 0 32W * *",
    ])("refuse %j", async (cron) => {
      await account.putScript(worker);
      await expect(account.putSchedules(worker.name, [cron])).rejects.toMatchObject({ code: 10100 });
    });
  });

  describe("with a host", () => {
    const hostOf = (run: WorkerHost["run"]): WorkerHost => ({ run, values: new MemoryKv() });

    it("hands it what is there, and then every change", async () => {
      const seen: string[][] = [];
      await account.putScript(worker);
      await account.attach(
        hostOf(({ scripts }: Deployment) => {
          seen.push(scripts.map(({ name }) => name));
          return Promise.resolve();
        }),
      );
      await account.putScript({ ...worker, name: "second" });
      await account.deleteScript("shop");
      expect(seen).toEqual([["shop"], ["shop", "second"], ["second"]]);
    });

    it("moves the values to it", async () => {
      const { id } = await account.createNamespace("configuration");
      await account.putValue(id, "info", { bytes: new Uint8Array([7]) });
      const host = hostOf(() => Promise.resolve());
      await account.attach(host);
      expect(await host.values.get(id, "info")).toEqual({ bytes: new Uint8Array([7]) });
    });

    it("keeps the Worker as it was when the new one does not start", async () => {
      let broken = false;
      await account.attach(
        hostOf(() => (broken ? Promise.reject(new WorkerStartError("x is not defined")) : Promise.resolve())),
      );
      await account.putScript(worker);
      broken = true;
      const next = { ...worker, content: "x" };
      await expect(account.putScript(next)).rejects.toMatchObject({
        code: 10021,
        message: "x is not defined",
      });
      expect(account.script(worker.name)).toMatchObject(worker);
    });
  });
});
