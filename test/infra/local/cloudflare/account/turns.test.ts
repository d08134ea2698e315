import { describe, expect, it } from "vitest";
import { MemoryKv } from "../../../../../infra/local/cloudflare/account/memory-kv.ts";
import { bareApi, moduleFile, ACCOUNT, SCRIPTS } from "../api/bare-api.ts";
import { ZONE, moduleWorker } from "../worker-sources.ts";

const ROUTES = `/zones/${ZONE.id}/workers/routes`;

/** An account with a Worker, whose host takes as long to start a deployment as the test wants. */
async function slowlyStarting() {
  const api = bareApi();
  await api.account.putScript(moduleWorker("return new Response()"));
  let begin: () => void = () => undefined;
  let finish: () => void = () => undefined;
  const began = new Promise<void>((resolve) => (begin = resolve));
  let gate = Promise.resolve();
  await api.account.attach({
    values: new MemoryKv(),
    run: () => {
      begin();
      return gate;
    },
  });
  const hold = () => {
    gate = new Promise((resolve) => (finish = resolve));
    const started = new Promise<void>((resolve) => (begin = resolve));
    return { started, finish };
  };
  await began;
  return { api, hold };
}

const upload = { metadata: JSON.stringify({ main_module: "shop.js" }), "shop.js": moduleFile("shop.js") };

/** Lets what was begun go as far as it can without the Workers. */
async function untilItWaits(): Promise<void> {
  for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** What makes a new generation start, and what somebody else asks for meanwhile. */
type Slow = (api: ReturnType<typeof bareApi>) => Promise<{ readonly status: number }>;

const putScript: Slow = (api) => api.form("PUT", `${SCRIPTS}/shop`, upload);
const putSecret: Slow = (api) =>
  api.call("PUT", `${SCRIPTS}/shop/secrets`, { name: "A", text: "a", type: "secret_text" });
const deleteScript: Slow = (api) => api.call("DELETE", `${SCRIPTS}/shop`);

describe("a change made while another starts the Workers", () => {
  it.each([
    {
      what: "an address under workers.dev",
      slow: putScript,
      method: "POST",
      path: `${SCRIPTS}/shop/subdomain`,
      body: { enabled: true },
      seen: `${SCRIPTS}/shop/subdomain`,
      expected: { enabled: true },
    },
    {
      what: "the usage model",
      slow: putSecret,
      method: "PUT",
      path: `${SCRIPTS}/shop/usage-model`,
      body: { usage_model: "bundled" },
      seen: `${SCRIPTS}/shop/usage-model`,
      expected: { usage_model: "bundled" },
    },
    {
      what: "the settings of all versions",
      slow: putSecret,
      method: "PATCH",
      path: `${SCRIPTS}/shop/script-settings`,
      body: { logpush: true },
      seen: `${SCRIPTS}/shop/script-settings`,
      expected: { logpush: true },
    },
    {
      what: "a title",
      slow: putScript,
      method: "POST",
      path: `${ACCOUNT}/storage/kv/namespaces`,
      body: { title: "a" },
      seen: `${ACCOUNT}/storage/kv/namespaces`,
      expected: [{ title: "a" }],
    },
  ])("keeps $what", async ({ slow, method, path, body, seen, expected }) => {
    const { api, hold } = await slowlyStarting();
    const { started, finish } = hold();
    const first = slow(api);
    await started;
    const second = api.call(method, path, body);
    await untilItWaits();
    finish();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect((await api.call("GET", seen)).result).toMatchObject(expected);
  });

  it.each([
    {
      what: "a route",
      method: "POST",
      path: ROUTES,
      body: { pattern: "shop.example.com/*", script: "shop" },
    },
    {
      what: "all of its routes",
      method: "PUT",
      path: `${SCRIPTS}/shop/routes`,
      body: [{ pattern: "shop.example.com/*" }],
    },
    {
      what: "a custom domain",
      method: "PUT",
      path: `${ACCOUNT}/workers/domains`,
      body: { hostname: "shop.example.com", service: "shop" },
    },
    {
      what: "all of its custom domains",
      method: "PUT",
      path: `${SCRIPTS}/shop/domains/records`,
      body: { origins: [{ hostname: "shop.example.com" }] },
    },
    {
      what: "cron triggers",
      method: "PUT",
      path: `${SCRIPTS}/shop/schedules`,
      body: [{ cron: "* * * * *" }],
    },
    {
      what: "an address under workers.dev",
      method: "POST",
      path: `${SCRIPTS}/shop/subdomain`,
      body: { enabled: true },
    },
  ])("is refused when it gives $what to a Worker that is gone by then", async ({ method, path, body }) => {
    const { api, hold } = await slowlyStarting();
    const { started, finish } = hold();
    const gone = deleteScript(api);
    await started;
    const late = api.call(method, path, body);
    await untilItWaits();
    finish();
    expect((await gone).status).toBe(200);
    expect((await late).code).toBeDefined();
    const { routes, domains, schedules } = api.account.contents;
    expect({ routes, domains, schedules }).toEqual({ routes: [], domains: [], schedules: [] });
  });

  it("is seen by the refusal of the one after it", async () => {
    const { api, hold } = await slowlyStarting();
    const { started, finish } = hold();
    const first = putScript(api);
    await started;
    const route = api.call("POST", ROUTES, { pattern: "shop.example.com/*", script: "shop" });
    await untilItWaits();
    const deleted = deleteScript(api);
    await untilItWaits();
    finish();
    await Promise.all([first, route]);
    expect((await deleted).status).toBe(400);
    expect(api.account.routes).toHaveLength(1);
  });

  it("is taken back when the Workers do not start with it", async () => {
    const { api } = await slowlyStarting();
    await api.account.putSecret("store", "name", "before");
    const bound = { type: "secrets_store_secret", name: "S", storeId: "store", secretName: "name" } as const;
    await api.account.putScript(moduleWorker("return new Response()", [bound]));
    await api.account.attach({
      values: new MemoryKv(),
      run: ({ secret }) =>
        secret("store", "name") === "refused" ? Promise.reject(new Error("no room")) : Promise.resolve(),
    });
    await expect(api.account.putSecret("store", "name", "refused")).rejects.toThrow("no room");
    expect(api.account.contents.secrets.map(({ value }) => value)).toEqual(["before"]);
  });

  it("changes either all of the secrets that it names or none", async () => {
    const { api } = await slowlyStarting();
    const { id } = await api.account.changeSecrets((stores) => stores.createStore("mine"));
    const secret = (name: string) => ({ name, value: "v", scopes: ["workers"] });
    const answer = await api.call("POST", `${ACCOUNT}/secrets_store/stores/${id}/secrets`, [
      secret("a"),
      secret("a"),
    ]);
    expect(answer.status).toBe(409);
    expect(api.account.contents.secrets).toEqual([]);
  });
});
