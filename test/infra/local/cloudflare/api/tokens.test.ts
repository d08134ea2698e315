import { describe, expect, it } from "vitest";
import { ACCOUNT, bareApi, SCRIPTS } from "./bare-api.ts";
import { callsWith, callsWithPermissions, createToken, ON_ACCOUNT, ON_ZONE, policy } from "./scoped-token.ts";
import { ZONE } from "../worker-sources.ts";

const KV = `${ACCOUNT}/storage/kv/namespaces`;
const ROUTES = `/zones/${ZONE.id}/workers/routes`;
const REFUSED = { status: 403, code: 10000, message: "Authentication error" };
const LATER = "2999-01-01T00:00:00Z";
const EARLIER = "2020-01-01T00:00:00Z";

describe("a token with permissions of its own", () => {
  it("may do what it is for, and nothing else", async () => {
    const call = await callsWithPermissions(bareApi(), "Workers KV Storage Write");
    expect(await call("POST", KV, { title: "a" })).toMatchObject({ status: 200 });
    expect(await call("GET", SCRIPTS)).toMatchObject(REFUSED);
    expect(await call("GET", ROUTES)).toMatchObject(REFUSED);
  });

  it("may read, but not change, with a permission to read", async () => {
    const call = await callsWithPermissions(bareApi(), "Workers KV Storage Read", "Workers Routes Read");
    expect(await call("GET", KV)).toMatchObject({ status: 200 });
    expect(await call("POST", KV, { title: "a" })).toMatchObject(REFUSED);
    expect(await call("GET", ROUTES)).toMatchObject({ status: 200 });
    expect(await call("POST", ROUTES, { pattern: "example.com/*" })).toMatchObject(REFUSED);
  });

  it("changes nothing with a call that is refused", async () => {
    const api = bareApi();
    const call = await callsWithPermissions(api, "Workers KV Storage Read");
    await call("POST", KV, { title: "a" });
    expect(api.account.namespaces).toEqual([]);
  });

  it("is refused before anybody looks at what it sent", async () => {
    const call = await callsWithPermissions(bareApi(), "Workers KV Storage Read");
    expect(await call("PUT", `${KV}/${"0".repeat(32)}`, {})).toMatchObject(REFUSED);
  });

  it.each([
    ["GET", "/user"],
    ["GET", "/memberships"],
    ["GET", "/user/tokens"],
    ["POST", "/user/tokens"],
    ["GET", `${ACCOUNT}/tokens`],
  ])("is not authorized to %s %s without the permission", async (method, path) => {
    const call = await callsWithPermissions(bareApi(), "Workers Scripts Write");
    expect(await call(method, path)).toMatchObject({
      status: 403,
      code: 9109,
      message: "Unauthorized to access requested resource",
    });
  });

  it("is told which permission the list of zones needs", async () => {
    const call = await callsWithPermissions(bareApi(), "Workers Routes Write");
    const { status, message } = await call("GET", "/zones");
    expect(status).toBe(403);
    expect(message).toContain("requires permission 'com.cloudflare.api.account.zone.list'");
  });

  it("sees the zones that it is for, and no others", async () => {
    const api = bareApi();
    api.account.addZone({ id: "a".repeat(32), name: "example.org" });
    const { value } = await createToken(api, { policies: [policy(ON_ZONE, ["Zone Read"])] });
    const call = callsWith(api, value);
    expect(await call("GET", "/zones")).toMatchObject({ result: [{ name: "example.com" }] });
    expect(await call("GET", `/zones/${"a".repeat(32)}`)).toMatchObject({ status: 403, code: 9109 });
  });

  it.each([
    ["one zone", ON_ZONE],
    ["all zones", { "com.cloudflare.api.account.zone.*": "*" }],
    [
      "all zones of the account",
      { [Object.keys(ON_ACCOUNT).join()]: { "com.cloudflare.api.account.zone.*": "*" } },
    ],
  ])("is for %s", async (_, resources) => {
    const api = bareApi();
    const { value } = await createToken(api, { policies: [policy(resources, ["Workers Routes Read"])] });
    expect(await callsWith(api, value)("GET", ROUTES)).toMatchObject({ status: 200 });
  });

  it.each([
    ["another account", "com.cloudflare.api.account.ffffffffffffffffffffffffffffffff", SCRIPTS],
    ["another zone", "com.cloudflare.api.account.zone.ffffffffffffffffffffffffffffffff", ROUTES],
  ])("is worth nothing here when it is for %s", async (_, resource, path) => {
    const api = bareApi();
    const names = ["Workers Scripts Write", "Workers Routes Write"] as const;
    const { value } = await createToken(api, { policies: [policy({ [resource]: "*" }, names)] });
    expect(await callsWith(api, value)("GET", path)).toMatchObject(REFUSED);
  });

  it("may not do what another policy denies", async () => {
    const api = bareApi();
    const policies = [
      policy(ON_ACCOUNT, ["Workers Scripts Read", "Workers KV Storage Read"]),
      policy(ON_ACCOUNT, ["Workers Scripts Read"], "deny"),
    ];
    const call = callsWith(api, (await createToken(api, { policies })).value);
    expect(await call("GET", SCRIPTS)).toMatchObject(REFUSED);
    expect(await call("GET", KV)).toMatchObject({ status: 200 });
  });

  it("binds secrets of a Secrets Store with the permission for these alone", async () => {
    const upload = async (...more: readonly "Secrets Store Write"[]) => {
      const api = bareApi();
      await api.account.putSecret("store", "key", "not-a-real-secret");
      const form = new FormData();
      const bindings = [{ type: "secrets_store_secret", name: "KEY", store_id: "store", secret_name: "key" }];
      form.append("metadata", JSON.stringify({ main_module: "a.mjs", bindings }));
      form.append("a.mjs", new File(["export default {};"], "a.mjs"));
      const { issueTokens } = await import("../../../../../infra/local/server/issued-tokens.ts");
      const { ci } = await issueTokens(api.account, [
        { name: "ci", permissions: ["Workers Scripts Write", ...more] },
      ]);
      return api.ask("PUT", `${SCRIPTS}/shop`, form, { authorization: `Bearer ${ci ?? ""}` });
    };
    expect((await upload()).status).toBe(403);
    expect((await upload("Secrets Store Write")).status).toBe(200);
  });
});

describe("the life of a token", () => {
  const read = { policies: [policy(ON_ACCOUNT, ["Workers Scripts Read"])] };

  it.each([
    ["expired", { expires_on: EARLIER }, "expired"],
    ["not valid yet", { not_before: LATER }, "active"],
    ["disabled", { status: "disabled" }, "disabled"],
  ])("is over or has not begun when it is %s", async (_, settings, status) => {
    const api = bareApi();
    const { value } = await createToken(api, { ...read, ...settings });
    const call = callsWith(api, value);
    expect(await call("GET", SCRIPTS)).toMatchObject(REFUSED);
    expect(await call("GET", "/user/tokens/verify")).toMatchObject({ status: 200, result: { status } });
  });

  it("is told with its dates", async () => {
    const api = bareApi();
    const { value, id } = await createToken(api, { ...read, not_before: EARLIER, expires_on: LATER });
    expect((await callsWith(api, value)("GET", "/user/tokens/verify")).result).toEqual({
      id,
      status: "active",
      not_before: "2020-01-01T00:00:00.000Z",
      expires_on: "2999-01-01T00:00:00.000Z",
    });
  });

  it("ends when its value is rolled, or it is deleted", async () => {
    const api = bareApi();
    const { id, value } = await createToken(api, read);
    const { result } = await api.call("PUT", `/user/tokens/${id}/value`, {});
    expect(await callsWith(api, value)("GET", SCRIPTS)).toMatchObject({ status: 403 });
    expect(await callsWith(api, String(result))("GET", SCRIPTS)).toMatchObject({ status: 200 });
    await api.call("DELETE", `/user/tokens/${id}`);
    expect(await callsWith(api, String(result))("GET", SCRIPTS)).toMatchObject({ status: 403 });
  });

  it("belongs to the user or to the account, and each knows its own", async () => {
    const api = bareApi();
    const { id, value } = await createToken(api, read, `${ACCOUNT}/tokens`);
    const call = callsWith(api, value);
    expect(await call("GET", "/user/tokens/verify")).toMatchObject({ status: 401, code: 1000 });
    expect(await call("GET", `${ACCOUNT}/tokens/verify`)).toMatchObject({ status: 200 });
    expect(await api.call("GET", `/user/tokens/${id}`)).toMatchObject({ status: 404 });
    expect(await api.call("GET", `${ACCOUNT}/tokens/${id}`)).toMatchObject({ status: 200 });
  });

  it("shows its permissions by Cloudflare's names, and its value never again", async () => {
    const api = bareApi();
    const { id, value } = await createToken(api, read);
    const shown = await api.call("GET", `/user/tokens/${id}`);
    expect(shown.result).toMatchObject({
      policies: [{ effect: "allow", permission_groups: [{ name: "Workers Scripts Read" }] }],
    });
    expect(JSON.stringify([shown, await api.call("GET", "/user/tokens")])).not.toContain(value);
    expect(JSON.stringify(api.account.contents)).not.toContain(value);
  });

  it("changes with what is said of it, its value stays", async () => {
    const api = bareApi();
    const { id, value } = await createToken(api, read);
    const policies = [policy(ON_ACCOUNT, ["Workers KV Storage Read"])];
    await api.call("PUT", `/user/tokens/${id}`, { name: "changed", policies });
    expect(await callsWith(api, value)("GET", KV)).toMatchObject({ status: 200 });
    expect(await callsWith(api, value)("GET", SCRIPTS)).toMatchObject(REFUSED);
  });

  it("lists the permissions there are, by name and by scope", async () => {
    const { call } = bareApi();
    const byName = await call("GET", "/user/tokens/permission_groups?name=Workers%20Routes%20Write");
    expect(byName.result).toEqual([
      {
        id: "28f4b596e7d643029c524985477ae49a",
        name: "Workers Routes Write",
        scopes: ["com.cloudflare.api.account.zone"],
      },
    ]);
    const { result } = await call("GET", `${ACCOUNT}/tokens/permission_groups?scope=com.cloudflare.api.user`);
    expect(result).toHaveLength(6);
  });

  it.each([
    ["no policies", { policies: [] }],
    [
      "a permission that there is not",
      { policies: [{ ...read.policies[0], permission_groups: [{ id: "x" }] }] },
    ],
    ["no resources", { policies: [policy({}, ["Workers Scripts Read"])] }],
    ["a resource that is none", { policies: [policy({ everything: "*" }, ["Workers Scripts Read"])] }],
    ["an end before its beginning", { ...read, not_before: LATER, expires_on: EARLIER }],
    ["a date that is none", { ...read, expires_on: "tomorrow" }],
    ["a condition", { ...read, condition: { request_ip: { in: ["192.0.2.0/24"] } } }],
  ])("does not begin with %s", async (_, settings) => {
    const { call, account } = bareApi();
    expect(await call("POST", "/user/tokens", { name: "a", ...settings })).toMatchObject({ status: 400 });
    expect(account.tokens.all).toEqual([]);
  });
});

describe("the all-powerful token", () => {
  it("is shown as one with every permission", async () => {
    const { call } = bareApi();
    const { result } = await call("GET", "/user/tokens/verify");
    const { id } = result as { readonly id: string };
    const shown = await call("GET", `/user/tokens/${id}`);
    expect(JSON.stringify(shown.result)).toContain("Secrets Store Write");
  });
});
