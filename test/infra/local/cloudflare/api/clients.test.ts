import { beforeEach, describe, expect, it } from "vitest";
import type { ScriptBinding } from "../../../../../infra/local/cloudflare/account/model.ts";
import { ZONE, moduleWorker } from "../worker-sources.ts";
import { ACCOUNT, SCRIPTS, bareApi, moduleFile } from "./bare-api.ts";

/** Calls as wrangler 4.84.1 and the official SDK 7.3.0 send them, and what Cloudflare answers. */
describe("what clients send", () => {
  const SECRET: ScriptBinding = { type: "secret_text", name: "SECRET", text: "first" };
  const VARIABLE: ScriptBinding = { type: "plain_text", name: "VARIABLE", text: "v" };
  let api: ReturnType<typeof bareApi>;
  let KV: ScriptBinding;

  beforeEach(async () => {
    api = bareApi();
    const { id } = await api.account.createNamespace("configuration");
    KV = { type: "kv_namespace", name: "KV", namespaceId: id };
    await api.account.putScript(moduleWorker("", [KV, VARIABLE, SECRET]));
  });

  const bindings = () => api.account.script("shop").bindings;
  const settings = (told: unknown) =>
    api.form("PATCH", `${SCRIPTS}/shop/settings`, { settings: JSON.stringify(told) });
  const uploadVersion = (metadata: Record<string, unknown>, query = "") =>
    api.form("POST", `${SCRIPTS}/shop/versions${query}`, {
      metadata: JSON.stringify({ main_module: "a.mjs", ...metadata }),
      "a.mjs": moduleFile("a.mjs"),
    });
  const deployVersion = (version_id: string, query = "") =>
    api.call("POST", `${SCRIPTS}/shop/deployments${query}`, {
      strategy: "percentage",
      versions: [{ version_id, percentage: 100 }],
    });
  const newestVersion = () => api.account.script("shop").history?.versions.at(-1)?.id ?? "";

  describe("wrangler secret bulk", () => {
    it("keeps the bindings that it names without a value, and sets the secrets that it brings", async () => {
      const told = [
        { type: "kv_namespace", name: "KV" },
        { type: "plain_text", name: "VARIABLE" },
        { type: "secret_text", name: "SECRET" },
        { type: "secret_text", name: "NEW", text: "n" },
      ];
      expect(await settings({ bindings: told })).toMatchObject({ status: 200 });
      expect(bindings()).toEqual([KV, VARIABLE, SECRET, { type: "secret_text", name: "NEW", text: "n" }]);
    });

    it("cannot keep what is not there", async () => {
      expect(await settings({ bindings: [{ type: "secret_text", name: "MISSING" }] })).toMatchObject({
        status: 400,
        code: 10057,
      });
    });

    it("does not put a secret in a variable's place", async () => {
      const told = [
        { type: "plain_text", name: "VARIABLE" },
        { type: "secret_text", name: "VARIABLE", text: "n" },
      ];
      expect(await settings({ bindings: told })).toMatchObject({ status: 400, code: 10053 });
      expect(bindings()).toEqual([KV, VARIABLE, SECRET]);
    });
  });

  describe("wrangler secret put", () => {
    const put = (name: string) =>
      api.call("PUT", `${SCRIPTS}/shop/secrets`, { name, text: "n", type: "secret_text" });

    it.each(["VARIABLE", "KV"])("does not replace %s, which is no secret", async (name) => {
      expect(await put(name)).toMatchObject({ status: 400, code: 10053 });
      expect(bindings()).toEqual([KV, VARIABLE, SECRET]);
    });

    it("replaces a secret", async () => {
      expect(await put("SECRET")).toMatchObject({ status: 200 });
      expect(bindings()).toEqual([KV, VARIABLE, { ...SECRET, text: "n" }]);
    });
  });

  describe("while the newest version is not deployed", () => {
    beforeEach(() => uploadVersion({ keep_bindings: ["secret_text"] }));

    it.each([
      ["setting a secret", "PUT", "secrets", { name: "SECRET", text: "n", type: "secret_text" }, 10215],
      ["deleting a secret", "DELETE", "secrets/SECRET", undefined, 10215],
      ["changing secrets in bulk", "PATCH", "secrets-bulk", { secrets: { SECRET: null } }, 10215],
      ["changing settings", "PATCH", "settings", { compatibility_date: "2026-01-01" }, 10214],
    ])("%s is refused, and changes nothing", async (_, method, path, body, code) => {
      const before = api.account.script("shop");
      expect(await api.call(method, `${SCRIPTS}/shop/${path}`, body)).toMatchObject({ status: 400, code });
      expect(api.account.script("shop")).toBe(before);
    });

    it("a secret can be set once it is deployed", async () => {
      await deployVersion(newestVersion());
      const told = { name: "SECRET", text: "n", type: "secret_text" };
      expect(await api.call("PUT", `${SCRIPTS}/shop/secrets`, told)).toMatchObject({ status: 200 });
    });
  });

  describe("wrangler versions secret put", () => {
    /** It sends everything but the secrets as `inherit`, and keeps those. */
    const put = (name: string) =>
      uploadVersion({
        bindings: [
          { type: "inherit", name: "KV" },
          { type: "inherit", name: "VARIABLE" },
          { type: "secret_text", name, text: name },
        ],
        keep_bindings: ["secret_key", "secret_text"],
      });

    it("adds to the newest version, deployed or not", async () => {
      await put("ONE");
      await put("TWO");
      await deployVersion(newestVersion());
      expect(bindings().map(({ name }) => name)).toEqual(["KV", "VARIABLE", "TWO", "ONE", "SECRET"]);
    });

    it("reads the content of the version that it copies", async () => {
      await api.form("POST", `${SCRIPTS}/shop/versions`, {
        metadata: JSON.stringify({ main_module: "a.mjs" }),
        "a.mjs": moduleFile("a.mjs", "// not deployed"),
      });
      const path = `${SCRIPTS}/shop/content/v2`;
      expect(await (await api.ask("GET", `${path}?version=${newestVersion()}`)).text()).toContain(
        "// not deployed",
      );
      expect(await (await api.ask("GET", path)).text()).not.toContain("// not deployed");
    });
  });

  describe("a binding to inherit", () => {
    const missing = { bindings: [{ type: "inherit", name: "MISSING" }] };

    it("has to be there when the upload is strict, in the words that wrangler reads", async () => {
      const refused = await uploadVersion(missing, "?bindings_inherit=strict");
      expect(refused).toMatchObject({ status: 400, code: 10057 });
      expect(refused.message).toMatch(/^inherit binding 'MISSING' is invalid/);
    });

    it("is left out otherwise", async () => {
      expect(await uploadVersion(missing)).toMatchObject({ status: 200 });
    });

    it("comes from the version that it names", async () => {
      const first = newestVersion();
      await uploadVersion({ bindings: [] });
      await uploadVersion({ bindings: [{ type: "inherit", name: "VARIABLE", version_id: first }] });
      await deployVersion(newestVersion());
      expect(bindings()).toContainEqual(VARIABLE);
    });
  });

  describe("wrangler rollback", () => {
    it("asks before it goes back behind a change of secrets, and does so by force", async () => {
      const first = newestVersion();
      await api.call("PUT", `${SCRIPTS}/shop/secrets`, { name: "SECRET", text: "n", type: "secret_text" });
      const refused = await deployVersion(first);
      expect(refused).toMatchObject({ status: 400, code: 10220 });
      expect(refused.message).toMatch(/The following secrets have changed: SECRET$/);
      expect(await deployVersion(first, "?force=true")).toMatchObject({ status: 200 });
      expect(bindings()).toContainEqual(SECRET);
    });
  });

  describe("wrangler delete", () => {
    it("asks who uses the Worker, and deletes it with its routes", async () => {
      await api.account.createRoute(ZONE.id, "shop.example.com/*", "shop");
      expect(await api.call("GET", `${SCRIPTS}/shop/references`)).toMatchObject({
        result: { services: { incoming: [], outgoing: [], pages_function: false } },
      });
      expect(await api.call("GET", `${ACCOUNT}/workers/tails/by-consumer/shop`)).toMatchObject({
        result: [],
      });
      const path = `${ACCOUNT}/workers/services/shop?force=false`;
      expect(await api.call("DELETE", path)).toMatchObject({ status: 200, result: null });
      expect([api.account.scripts, api.account.routes]).toEqual([[], []]);
    });

    it("learns that there is no such Worker", async () => {
      expect(await api.call("DELETE", `${ACCOUNT}/workers/services/missing`)).toMatchObject({
        status: 404,
        code: 10090,
      });
    });
  });

  describe("an upload", () => {
    const upload = (fields: Readonly<Record<string, string | File>>) =>
      api.form("PUT", `${SCRIPTS}/uploaded`, fields);
    const uploaded = () => api.account.script("uploaded");

    it.each([
      ["main_module", "es-module"],
      ["body_part", "service-worker"],
    ])("may name the form's part in %s", async (key, format) => {
      const file = new File(["// code"], "blob", { type: "application/javascript" });
      expect(await upload({ metadata: JSON.stringify({ [key]: "script" }), script: file })).toMatchObject({
        status: 200,
      });
      expect(uploaded()).toMatchObject({ mainModule: "script", content: "// code", format });
    });

    it("names its other modules in the same way as the main one", async () => {
      await upload({
        metadata: JSON.stringify({ main_module: "a.mjs" }),
        "a.mjs": new File(["import './b.mjs'"], "blob", { type: "application/javascript+module" }),
        "b.mjs": new File([""], "blob", { type: "application/javascript+module" }),
      });
      expect(uploaded().modules?.map(({ name }) => name)).toEqual(["b.mjs"]);
    });

    it("may send its metadata as a file, which is no module", async () => {
      const metadata = JSON.stringify({ main_module: "a.mjs" });
      await upload({
        metadata: new File([metadata], "blob", { type: "application/json" }),
        "a.mjs": moduleFile("a.mjs"),
      });
      expect(uploaded().modules).toBeUndefined();
    });
  });

  describe("wrangler deploy, with routes", () => {
    const put = (patterns: readonly unknown[]) => api.call("PUT", `${SCRIPTS}/shop/routes`, patterns);

    it.each([
      ["Shop.Example.com/*", "shop.example.com/*"],
      ["shop.example.com", "shop.example.com/"],
      ["HTTPS://shop.example.com/*", "https://shop.example.com/*"],
      ["*.Example.com/*", "*.example.com/*"],
    ])("written as %s, may be repeated", async (pattern, canonical) => {
      expect(await put([{ pattern }])).toMatchObject({ status: 200 });
      const before = api.account.routes;
      expect(before).toMatchObject([{ pattern: canonical, zoneId: ZONE.id }]);
      expect(await put([{ pattern }, { pattern: canonical, zone_name: "Example.com" }])).toMatchObject({
        status: 200,
      });
      expect(api.account.routes).toEqual(before);
    });

    it("changes nothing when one of them is refused", async () => {
      await api.account.createRoute(ZONE.id, "taken.example.com/*", undefined);
      await put([{ pattern: "a.example.com/*" }]);
      const before = api.account.routes;
      const refused = await put([{ pattern: "b.example.com/*" }, { pattern: "Taken.example.com/*" }]);
      expect(refused).toMatchObject({ status: 409, code: 10020 });
      expect(api.account.routes).toEqual(before);
    });

    it("puts a route into the longest zone that has its host", async () => {
      const below = { id: "e".repeat(32), name: "shop.example.com" };
      api.account.addZone(below);
      await put([{ pattern: "a.shop.example.com/*" }]);
      expect(api.account.routes).toMatchObject([{ zoneId: below.id }]);
    });
  });

  describe("wrangler deploy, with custom domains", () => {
    const put = (hostnames: readonly string[]) =>
      api.call("PUT", `${SCRIPTS}/shop/domains/records`, {
        origins: hostnames.map((hostname) => ({ hostname })),
      });

    it("takes any spelling of a hostname for the same one", async () => {
      await put(["WWW.Example.com"]);
      const before = api.account.domains;
      expect(before).toMatchObject([{ hostname: "www.example.com" }]);
      await put(["www.example.com"]);
      expect(api.account.domains).toEqual(before);
      expect(await api.call("GET", `${ACCOUNT}/workers/domains/records?service=shop`)).toMatchObject({
        result: [{ hostname: "www.example.com" }],
      });
    });

    it("changes nothing when one of them is refused", async () => {
      await put(["www.example.com"]);
      const before = api.account.domains;
      expect(await put(["a.example.com", "not a host.example.com"])).toMatchObject({
        status: 400,
        code: 100114,
      });
      expect(api.account.domains).toEqual(before);
    });
  });

  it("sets and deletes secrets in bulk, as the SDK's merge patch does", async () => {
    const secrets = { SECRET: null, NEW: { type: "secret_text", name: "NEW", text: "n" } };
    expect(await api.call("PATCH", `${SCRIPTS}/shop/secrets-bulk`, { secrets })).toMatchObject({
      status: 200,
      result: { NEW: { name: "NEW", type: "secret_text" } },
    });
    expect(bindings()).toEqual([KV, VARIABLE, { type: "secret_text", name: "NEW", text: "n" }]);
  });

  it("refuses two versions at once, and says why", async () => {
    const id = newestVersion();
    const versions = [
      { version_id: id, percentage: 50 },
      { version_id: id, percentage: 50 },
    ];
    const body = { strategy: "percentage", versions };
    const refused = await api.call("POST", `${SCRIPTS}/shop/deployments`, body);
    expect(refused).toMatchObject({ status: 400, code: 10026 });
    expect(refused.message).toContain("one version all of the traffic");
  });
});
