import { beforeEach, describe, expect, it } from "vitest";
import type { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import {
  type ManagementApi,
  createManagementApi,
} from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";
import { emptyAccount } from "./earlier-account.ts";

const TOKEN = "local-only-token-of-a-test";
/** Has the form of a real one. */
const REAL_LOOKING = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0";
const SECRET = "not-a-real-secret";
const ACCOUNT = `/accounts/${ACCOUNT_ID}`;
const SCRIPTS = `${ACCOUNT}/workers/scripts`;

interface Envelope {
  readonly success: boolean;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly result: unknown;
}

describe("the management API", () => {
  let account: LocalAccount;
  let api: ManagementApi;
  let logged: string[];

  beforeEach(() => {
    account = emptyAccount();
    logged = [];
    api = createManagementApi({ account, token: TOKEN, log: (line) => logged.push(line) });
  });

  const send = (path: string, init: RequestInit = {}, authorization = `Bearer ${TOKEN}`) => {
    const headers = new Headers(init.headers);
    if (authorization !== "") headers.set("authorization", authorization);
    return api.fetch(new Request(`http://127.0.0.1:8787/client/v4${path}`, { ...init, headers }));
  };
  const sendJson = (method: string, path: string, body: unknown) =>
    send(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  const upload = (metadata: unknown, parts: Readonly<Record<string, string>> = {}) => {
    const form = new FormData();
    form.append("metadata", JSON.stringify(metadata));
    for (const [name, text] of Object.entries(parts)) form.append(name, new File([text], name));
    return send(`${SCRIPTS}/shop`, { method: "PUT", body: form });
  };
  const refusal = async (response: Response | Promise<Response>) => {
    const { status, headers } = await response;
    const { success, errors, result } = (await (await response).json()) as Envelope;
    expect({ success, result, ray: headers.has("cf-ray") }).toEqual({
      success: false,
      result: null,
      ray: true,
    });
    return { status, code: errors[0]?.code, message: errors[0]?.message ?? "" };
  };

  describe("refuses", () => {
    it.each([
      ["/user", 403, 9109],
      ["/zones", 403, 10000],
      ["/user/tokens/verify", 401, 1000],
    ])("another token at %s without repeating it", async (path, status, code) => {
      const refused = await refusal(send(path, {}, `Bearer ${REAL_LOOKING}`));
      expect(refused).toMatchObject({ status, code });
      expect(refused.message).toContain("real Cloudflare");
      expect(refused.message).not.toContain(REAL_LOOKING);
      expect(logged.join()).not.toContain(REAL_LOOKING);
    });

    it("a request without a token", async () => {
      expect(await refusal(send("/user", {}, ""))).toMatchObject({ status: 400, code: 9106 });
    });

    it("an API key, even beside the right token", async () => {
      const headers = { "x-auth-key": "not-a-real-key", "x-auth-email": "a@example.com" };
      const refused = await refusal(send("/user", { headers }));
      expect(refused).toMatchObject({ status: 403, code: 9103 });
      expect(refused.message).not.toContain("not-a-real-key");
    });

    it.each([
      "attacker.example",
      "127.0.0.1.attacker.example",
      "localhost.attacker.example:8787",
      "10.0.0.1",
    ])("the host %s, which a page elsewhere may have pointed here", async (host) => {
      expect(await refusal(send("/user", { headers: { host } }))).toMatchObject({ status: 421 });
    });

    it("a path that it does not emulate, and names it and the document", async () => {
      const { status, message } = await refusal(send(`${ACCOUNT}/r2/buckets`));
      expect(status).toBe(404);
      expect(message).toContain(`${ACCOUNT}/r2/buckets`);
      expect(message).toContain("docs/local-cloudflare.md");
    });

    it("another account", async () => {
      const path = `/accounts/${"f".repeat(32)}/storage/kv/namespaces`;
      expect(await refusal(send(path))).toMatchObject({ status: 404, code: 7003 });
    });

    it("a zone the account does not have", async () => {
      expect(await refusal(send(`/zones/${"f".repeat(32)}`))).toMatchObject({ code: 7003 });
    });

    it("a body that is not JSON without repeating it", async () => {
      const path = `${ACCOUNT}/storage/kv/namespaces`;
      const refused = await refusal(send(path, { method: "POST", body: `{ ${SECRET}` }));
      expect(refused).toMatchObject({ status: 400, code: 10026 });
      expect(refused.message).not.toContain(SECRET);
    });

    it("a namespace title that exists", async () => {
      await account.createNamespace("taken");
      const path = `${ACCOUNT}/storage/kv/namespaces`;
      expect(await refusal(sendJson("POST", path, { title: "taken" }))).toMatchObject({
        status: 400,
        code: 10014,
      });
    });

    it("a route that exists", async () => {
      await account.createRoute(ZONE.id, "shop.example.com/*", undefined);
      const path = `/zones/${ZONE.id}/workers/routes`;
      const refused = await refusal(sendJson("POST", path, { pattern: "shop.example.com/*" }));
      expect(refused).toMatchObject({ status: 409, code: 10020 });
    });

    it("a binding to a namespace that does not exist", async () => {
      const bindings = [{ type: "kv_namespace", name: "KV", namespace_id: "missing" }];
      const refused = await refusal(upload({ main_module: "a.mjs", bindings }, { "a.mjs": "" }));
      expect(refused).toMatchObject({ status: 400, code: 10042 });
    });

    it("a binding of a type that it does not emulate, and names the document", async () => {
      const bindings = [{ type: "r2_bucket", name: "BUCKET", bucket_name: "a" }];
      const { message } = await refusal(upload({ main_module: "a.mjs", bindings }, { "a.mjs": "" }));
      expect(message).toContain("r2_bucket");
      expect(message).toContain("docs/local-cloudflare.md");
    });

    it.each([
      ["does not name its main module", {}],
      ["lacks its main module", { main_module: "b.mjs" }],
    ])("an upload that %s", async (_, metadata) => {
      expect(await refusal(upload(metadata, { "a.mjs": "" }))).toMatchObject({ status: 400, code: 10021 });
    });

    it.each([
      ["a life below 60 seconds", "?expiration_ttl=59"],
      ["an end in the past", "?expiration=1"],
      ["a life that is no number", "?expiration_ttl=long"],
    ])("a KV value with %s", async (_, query) => {
      const { id } = await account.createNamespace("values");
      const path = `${ACCOUNT}/storage/kv/namespaces/${id}/values/info${query}`;
      expect(await refusal(send(path, { method: "PUT", body: "x" }))).toMatchObject({
        status: 400,
        code: 10033,
      });
    });

    it("a KV value above 25 MiB", async () => {
      const { id } = await account.createNamespace("values");
      const path = `${ACCOUNT}/storage/kv/namespaces/${id}/values/info`;
      const body = new Uint8Array(25 * 1024 * 1024 + 1);
      expect(await refusal(send(path, { method: "PUT", body }))).toMatchObject({ status: 413 });
    });

    it("a KV key above 512 bytes", async () => {
      const { id } = await account.createNamespace("values");
      const path = `${ACCOUNT}/storage/kv/namespaces/${id}/values/${"k".repeat(513)}`;
      expect(await refusal(send(path, { method: "PUT", body: "x" }))).toMatchObject({
        status: 400,
        code: 10033,
      });
    });

    it("metadata above 1,024 bytes", async () => {
      const { id } = await account.createNamespace("values");
      const path = `${ACCOUNT}/storage/kv/namespaces/${id}/bulk`;
      const entry = { key: "info", value: "x", metadata: "m".repeat(1024) };
      expect(await refusal(sendJson("PUT", path, [entry]))).toMatchObject({ status: 413 });
    });
  });

  it("takes a binary KV value byte for byte, in a form as well", async () => {
    const { id } = await account.createNamespace("values");
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 254]);
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="value"\r\n\r\n'),
      bytes,
      Buffer.from("\r\n--b--\r\n"),
    ]);
    const path = `${ACCOUNT}/storage/kv/namespaces/${id}/values/info`;
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    await send(path, { method: "PUT", body, headers });
    expect(Buffer.from(await (await send(path)).arrayBuffer())).toEqual(bytes);
  });

  it("keeps the bindings whose types an upload asks to keep", async () => {
    await account.putScript(
      moduleWorker("", [
        { type: "secret_text", name: "KEPT", text: SECRET },
        { type: "plain_text", name: "DROPPED", text: "x" },
      ]),
    );
    await upload({ main_module: "a.mjs", keep_bindings: ["secret_text"] }, { "a.mjs": "" });
    expect(account.script("shop").bindings).toEqual([{ type: "secret_text", name: "KEPT", text: SECRET }]);
  });

  it("drops earlier secrets when an upload brings its own", async () => {
    await account.putScript(moduleWorker("", [{ type: "secret_text", name: "OLD", text: SECRET }]));
    const bindings = [{ type: "secret_text", name: "NEW", text: SECRET }];
    await upload({ main_module: "a.mjs", bindings }, { "a.mjs": "" });
    expect(account.script("shop").bindings).toEqual(bindings);
  });

  it("inherits a binding under another name", async () => {
    await account.putScript(moduleWorker("", [{ type: "secret_text", name: "OLD", text: SECRET }]));
    const bindings = [{ type: "inherit", name: "NEW", old_name: "OLD" }];
    await upload({ main_module: "a.mjs", bindings }, { "a.mjs": "" });
    expect(account.script("shop").bindings).toEqual([{ type: "secret_text", name: "NEW", text: SECRET }]);
  });

  it("never answers a secret's text", async () => {
    await account.putScript(moduleWorker("", [{ type: "secret_text", name: "SECRET", text: SECRET }]));
    const version = account.script("shop").history?.versions[0]?.id ?? "";
    const paths = [
      "",
      "/shop/settings",
      "/shop/secrets",
      "/shop/secrets/SECRET",
      "/shop/versions",
      `/shop/versions/${version}`,
    ];
    for (const path of paths) {
      const response = await send(`${SCRIPTS}${path}`);
      expect(response.status, path).toBe(200);
      expect(await response.text(), path).not.toContain(SECRET);
    }
  });

  it("answers a change only after what follows from it", async () => {
    const order: string[] = [];
    const told = createManagementApi({
      account,
      token: TOKEN,
      log: () => undefined,
      changed: async () => {
        await Promise.resolve();
        order.push("told");
      },
    });
    const headers = { authorization: `Bearer ${TOKEN}` };
    const url = `http://localhost/client/v4${ACCOUNT}/storage/kv/namespaces`;
    await told.fetch(new Request(url, { method: "POST", headers, body: '{"title":"a"}' }));
    order.push("answered");
    expect(order).toEqual(["told", "answered"]);
  });
});
