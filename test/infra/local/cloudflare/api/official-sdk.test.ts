/*
 * eslint @typescript-eslint/no-deprecated: "off" -- the SDK marks every binding's `type` so, though each
 * needs it
 */
import Cloudflare, { toFile } from "cloudflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT_ID, ZONE } from "../worker-sources.ts";
import { type RunningApi, TOKEN, startApi } from "./running-api.ts";

const SECRET = "not-a-real-secret";
const inAccount = { account_id: ACCOUNT_ID };
const inZone = { zone_id: ZONE.id };

describe("the official SDK", () => {
  let api: RunningApi;
  let client: Cloudflare;

  beforeAll(async () => {
    api = await startApi();
    client = new Cloudflare({ apiToken: TOKEN, baseURL: api.baseUrl, maxRetries: 0 });
  });
  afterAll(() => api.close());

  const upload = async (
    name: string,
    body: string,
    bindings: Cloudflare.Workers.ScriptUpdateParams["metadata"]["bindings"] = [],
  ) =>
    client.workers.scripts.update(
      name,
      {
        ...inAccount,
        metadata: { main_module: "worker.mjs", compatibility_date: "2026-04-01", bindings },
        files: [
          await toFile(
            Buffer.from(`export default { async fetch(request, env) { ${body} } };`),
            "worker.mjs",
            {
              type: "application/javascript+module",
            },
          ),
        ],
      },
      // This version of the SDK would send the form under a content type without its boundary.
      { headers: { "content-type": null } },
    );

  it("verifies the token", async () => {
    expect((await client.user.tokens.verify()).status).toBe("active");
    expect((await client.accounts.tokens.verify(inAccount)).status).toBe("active");
  });

  it("finds the account", async () => {
    const { result } = await client.accounts.list();
    expect(result.map(({ id }) => id)).toEqual([ACCOUNT_ID]);
    expect((await client.accounts.get(inAccount)).id).toBe(ACCOUNT_ID);
  });

  it("finds a zone by name, and only that one", async () => {
    const { result } = await client.zones.list({ name: ZONE.name });
    expect(result.map(({ id }) => id)).toEqual([ZONE.id]);
    expect((await client.zones.list({ name: "elsewhere.example" })).result).toEqual([]);
    expect((await client.zones.get(inZone)).account.id).toBe(ACCOUNT_ID);
  });

  it("makes, renames, pages through and deletes namespaces", async () => {
    const titles = ["a", "b", "c"];
    for (const title of titles) await client.kv.namespaces.create({ ...inAccount, title });
    const found: string[] = [];
    for await (const namespace of client.kv.namespaces.list({ ...inAccount, per_page: 2, order: "title" })) {
      found.push(namespace.title);
    }
    expect(found).toEqual(titles);
    const [first] = api.account.namespaces;
    const { title } = await client.kv.namespaces.update(first?.id ?? "", { ...inAccount, title: "renamed" });
    expect(title).toBe("renamed");
    for (const { id } of api.account.namespaces) await client.kv.namespaces.delete(id, inAccount);
    expect(api.account.namespaces).toEqual([]);
  });

  it("writes and reads a value with metadata and expiration", async () => {
    const { id } = await client.kv.namespaces.create({ ...inAccount, title: "values" });
    const expiration = Math.floor(Date.now() / 1000) + 3600;
    await client.kv.namespaces.values.update("odd/key ü%", {
      ...inAccount,
      namespace_id: id,
      value: "first",
      metadata: { by: "test" },
      expiration,
    });
    const there = { ...inAccount, namespace_id: id };
    expect(await (await client.kv.namespaces.values.get("odd/key ü%", there)).text()).toBe("first");
    expect(await client.kv.namespaces.metadata.get("odd/key ü%", there)).toEqual({ by: "test" });
    const { result } = await client.kv.namespaces.keys.list(id, inAccount);
    expect(result).toEqual([{ name: "odd/key ü%", metadata: { by: "test" }, expiration }]);
    await client.kv.namespaces.values.delete("odd/key ü%", there);
    await expect(client.kv.namespaces.values.get("odd/key ü%", there)).rejects.toThrow(
      Cloudflare.NotFoundError,
    );
  });

  it("writes, lists, reads and deletes in bulk", async () => {
    const { id } = await client.kv.namespaces.create({ ...inAccount, title: "bulk" });
    const keys = Array.from({ length: 25 }, (_, index) => `key-${String(index).padStart(2, "0")}`);
    await client.kv.namespaces.bulkUpdate(id, {
      ...inAccount,
      body: keys.map((key) => ({ key, value: `of ${key}` })),
    });
    const listed: string[] = [];
    for await (const { name } of client.kv.namespaces.keys.list(id, {
      ...inAccount,
      prefix: "key-",
      limit: 10,
    })) {
      listed.push(name);
    }
    expect(listed).toEqual(keys);
    const got = await client.kv.namespaces.bulkGet(id, { ...inAccount, keys: ["key-07", "missing"] });
    expect(got).toEqual({ values: { "key-07": "of key-07", missing: null } });
    await client.kv.namespaces.bulkDelete(id, { ...inAccount, body: keys });
    expect(await api.account.keys(id)).toEqual([]);
  });

  it("uploads a Worker that reads what was written through the API, and replaces it", async () => {
    const { id } = await client.kv.namespaces.create({ ...inAccount, title: "read by a Worker" });
    await client.kv.namespaces.values.update("info", { ...inAccount, namespace_id: id, value: "from KV" });
    await upload("reader", "return new Response(await env.KV.get('info') + env.SECRET)", [
      { type: "kv_namespace", name: "KV", namespace_id: id },
      { type: "secret_text", name: "SECRET", text: SECRET },
    ]);
    expect(await api.ask("reader")).toBe(`from KV${SECRET}`);
    await upload("reader", "return new Response('second')");
    expect(await api.ask("reader")).toBe("second");
    const { result } = await client.workers.scripts.list(inAccount);
    expect(result.map((script) => script.id)).toContain("reader");
  });

  it("changes and reads settings, content, secrets and versions of a Worker", async () => {
    await upload("settings", "return new Response(env.A + env.B)", [
      { type: "plain_text", name: "A", text: "a" },
    ]);
    await client.workers.scripts.secrets.update("settings", {
      ...inAccount,
      name: "B",
      text: SECRET,
      type: "secret_text",
    });
    expect(await api.ask("settings")).toBe(`a${SECRET}`);
    const settings = await client.workers.scripts.scriptAndVersionSettings.edit("settings", {
      ...inAccount,
      settings: {
        bindings: [
          { type: "plain_text", name: "A", text: "z" },
          { type: "inherit", name: "B" },
        ],
      },
    });
    expect(settings.bindings).toEqual([
      { type: "plain_text", name: "A", text: "z" },
      { type: "secret_text", name: "B" },
    ]);
    expect(await api.ask("settings")).toBe(`z${SECRET}`);
    const secrets = await client.workers.scripts.secrets.list("settings", inAccount);
    expect(secrets.result).toEqual([{ name: "B", type: "secret_text" }]);
    await client.workers.scripts.secrets.delete("B", { ...inAccount, script_name: "settings" });
    expect(await api.ask("settings")).toBe("zundefined");
    const content = await client.workers.scripts.content.get("settings", inAccount);
    expect(await content.text()).toContain("env.A + env.B");
    const { result } = await client.workers.scripts.versions.list("settings", inAccount);
    expect(result.items?.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it("lets an earlier version answer again", async () => {
    await upload("rollback", "return new Response('first')");
    await upload("rollback", "return new Response('second')");
    const { result } = await client.workers.scripts.versions.list("rollback", inAccount);
    const version_id = result.items?.at(-1)?.id ?? "";
    await client.workers.scripts.deployments.create("rollback", {
      ...inAccount,
      strategy: "percentage",
      versions: [{ version_id, percentage: 100 }],
    });
    expect(await api.ask("rollback")).toBe("first");
  });

  it("sets cron triggers and the address under workers.dev", async () => {
    await upload("timed", "return new Response()");
    const cron = "*/5 * * * *";
    await client.workers.scripts.schedules.update("timed", { ...inAccount, body: [{ cron }] });
    const { schedules } = await client.workers.scripts.schedules.get("timed", inAccount);
    expect(schedules.map((schedule) => schedule.cron)).toEqual([cron]);
    await client.workers.scripts.subdomain.create("timed", { ...inAccount, enabled: true });
    const { enabled } = await client.workers.scripts.subdomain.get("timed", inAccount);
    expect(enabled).toBe(true);
  });

  it("makes, changes and deletes routes and custom domains", async () => {
    await upload("routed", "return new Response()");
    const made = await client.workers.routes.create({
      ...inZone,
      pattern: "shop.example.com/*",
      script: "routed",
    });
    const id = made.id;
    await client.workers.routes.update(id, { ...inZone, pattern: "shop.example.com/a/*" });
    expect(await client.workers.routes.get(id, inZone)).toEqual({ id, pattern: "shop.example.com/a/*" });
    const routes = await client.workers.routes.list(inZone);
    expect(routes.result.map((route) => route.id)).toEqual([id]);
    await client.workers.routes.delete(id, inZone);
    expect(api.account.routes).toEqual([]);

    const domain = { ...inAccount, hostname: "www.example.com", service: "routed", zone_id: ZONE.id };
    const attached = await client.workers.domains.update(domain);
    expect((await client.workers.domains.list(inAccount)).result).toEqual([attached]);
    await client.workers.domains.delete(attached.id, inAccount);
    expect(api.account.domains).toEqual([]);
  });

  it("fills a Secrets Store that only Workers read", async () => {
    const { id: storeId } = await client.secretsStore.stores.create({ ...inAccount, name: "store" });
    const made = await client.secretsStore.stores.secrets.create(storeId, {
      ...inAccount,
      body: [{ name: "api-key", value: SECRET, scopes: ["workers"] }],
    });
    await upload("stored", "return new Response(await env.KEY.get())", [
      { type: "secrets_store_secret", name: "KEY", store_id: storeId, secret_name: "api-key" },
    ]);
    expect(await api.ask("stored")).toBe(SECRET);
    const id = made.result[0]?.id ?? "";
    const there = { ...inAccount, store_id: storeId };
    await client.secretsStore.stores.secrets.edit(id, { ...there, value: "rotated" });
    expect(await api.ask("stored")).toBe("rotated");
    const answers = [
      made.result,
      await client.secretsStore.stores.secrets.get(id, there),
      (await client.secretsStore.stores.secrets.list(storeId, inAccount)).result,
    ];
    expect(JSON.stringify(answers)).not.toMatch(/not-a-real-secret|rotated/);
  });

  it("deletes a Worker with its routes only by force", async () => {
    await upload("in-use", "return new Response()");
    await client.workers.routes.create({ ...inZone, pattern: "used.example.com/*", script: "in-use" });
    await expect(client.workers.scripts.delete("in-use", inAccount)).rejects.toThrow(
      Cloudflare.BadRequestError,
    );
    await client.workers.scripts.delete("in-use", { ...inAccount, force: true });
    expect(api.account.routes).toEqual([]);
  });

  it("gets Cloudflare's error classes and codes", async () => {
    const stranger = new Cloudflare({ apiToken: "another-token", baseURL: api.baseUrl, maxRetries: 0 });
    await expect(stranger.zones.list()).rejects.toThrow(Cloudflare.PermissionDeniedError);
    await expect(stranger.user.tokens.verify()).rejects.toThrow(Cloudflare.AuthenticationError);
    await expect(client.workers.scripts.settings.get("missing", inAccount)).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 10007 }],
    });
  });

  it("refuses a Worker that does not start, and the one before answers on", async () => {
    await upload("steady", "return new Response('steady')");
    await expect(upload("steady", "syntax error")).rejects.toMatchObject({
      status: 400,
      errors: [{ code: 10021 }],
    });
    expect(await api.ask("steady")).toBe("steady");
  });

  it("never has a secret in the log", () => {
    expect(api.logged.join()).not.toContain(SECRET);
  });
});
