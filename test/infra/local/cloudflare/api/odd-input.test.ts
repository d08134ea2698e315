import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EmulatedRoute,
  createManagementApi,
} from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { runs } from "../../../../support/runs.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";
import { ACCOUNT, SCRIPTS, bareApi } from "./bare-api.ts";
import { emptyAccount } from "./earlier-account.ts";

/** Any UTF-16, halves of characters and control characters included. */
const oddText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) });
/** Texts with a meaning somewhere, or a length at somebody's limit. */
const pointedText = fc.constantFrom(
  ...["", ".", "..", "/", "%", "%zz", "%00", "*", "__proto__", "constructor", "null", "0", "-1", "1e309"],
  ...[
    "shop",
    "a b",
    "ü.example.com",
    "*.example.com/*",
    "Shop.Example.com",
    "latest",
    "inherit",
    "secret_text",
  ],
  ...["kv_namespace", "plain_text", "text", "json", "KV", "é".repeat(257), "k".repeat(513), "x".repeat(6000)],
);
const text = fc.oneof(oddText, pointedText);
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom(null, true, -1, 0, 59, 60, 1e21, 1e308, Number.MAX_SAFE_INTEGER, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
);

const FIELDS = [
  ...["title", "pattern", "script", "name", "text", "type", "cron", "hostname", "service", "zone_id"],
  ...["key", "keys", "value", "metadata", "expiration", "expiration_ttl", "base64", "withMetadata"],
  ...["enabled", "usage_model", "strategy", "versions", "version_id", "percentage", "bindings", "secrets"],
  ...["main_module", "body_part", "keep_bindings", "compatibility_date", "compatibility_flags", "origins"],
  ...["id", "scopes", "comment", "tags", "observability", "namespace_id", "store_id", "secret_name"],
] as const;
const object = fc.dictionary(fc.constantFrom(...FIELDS), fc.oneof(value, fc.array(value, { maxLength: 3 })), {
  maxKeys: 8,
});
const body = fc.oneof(
  object,
  fc.array(object, { maxLength: 3 }),
  fc.array(value, { maxLength: 3 }),
  fc.record({ bindings: fc.array(object, { maxLength: 3 }), main_module: text }, { requiredKeys: [] }),
  fc.record({ secrets: fc.dictionary(text, fc.oneof(object, fc.constant(null))) }),
  value,
);

/** A body as a client could send it: JSON, a form of JSON parts and files, a form of fields, or bytes. */
const sent = fc.oneof(
  body.map((json) => ({ data: JSON.stringify(json), contentType: "application/json" })),
  fc.uint8Array().map((bytes) => ({ data: Buffer.from(bytes), contentType: "application/octet-stream" })),
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom("metadata", "settings", "value", "a.mjs"), text), body, text))
    .map((parts) => ({
      data: multipart(
        parts.map(([name, json, file]) => [
          `name="${header(name)}"; filename="${header(file)}"`,
          JSON.stringify(json),
        ]),
      ),
      contentType: "multipart/form-data; boundary=b",
    })),
  fc.array(fc.tuple(fc.constantFrom("metadata", "settings"), fc.array(text), text)).map((fields) => ({
    data: multipart(
      fields.map(([name, path, content]) => [
        `name="${name}${path.map((key) => `[${header(key)}]`).join("")}"`,
        content,
      ]),
    ),
    contentType: "multipart/form-data; boundary=b",
  })),
  fc
    .string({ unit: "binary-ascii" })
    .map((data) => ({ data, contentType: "multipart/form-data; boundary=b" })),
);

function header(name: string): string {
  return name.replaceAll(/[\r\n"]/g, "_");
}

function multipart(parts: readonly (readonly [string, string])[]): string {
  const written = parts.map(
    ([disposition, content]) =>
      `--b\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: application/javascript+module\r\n\r\n${content}\r\n`,
  );
  return `${written.join("")}--b--\r\n`;
}

describe("whatever a client sends", () => {
  const api = bareApi();
  const { routes } = createManagementApi({
    account: api.account,
    token: "local-only-token-of-a-test",
    log: () => undefined,
  });
  let known: string[];

  beforeAll(async () => {
    const { id } = await api.account.createNamespace("configuration");
    await api.account.putScript(moduleWorker(""));
    const version = api.account.script("shop").history?.versions[0]?.id ?? "";
    const route = await api.account.createRoute(ZONE.id, "a.example.com/*", "shop");
    known = [id, "shop", version, ZONE.id, route.id];
  });

  const segment = fc.oneof(
    fc.nat({ max: 4 }).map((index) => () => known[index] ?? ""),
    fc
      .oneof(fc.string({ unit: "binary" }), pointedText)
      .filter((name) => name !== "")
      .map((name) => () => encodeURIComponent(name)),
    fc.constantFrom("%", "%zz", "%ff", "%00", "%2e%2e").map((name) => () => name),
  );
  const query = fc.dictionary(
    fc.constantFrom(
      ...["page", "per_page", "limit", "cursor", "prefix", "name", "expiration", "expiration_ttl"],
      ...["order", "direction", "force", "version", "bindings_inherit", "deployable", "search"],
    ),
    fc.oneof(fc.string({ unit: "binary" }), pointedText),
    { maxKeys: 3 },
  );

  it("is never answered with a fault of ours, on any route", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<EmulatedRoute>(...routes),
        fc.array(segment, { minLength: 4, maxLength: 4 }),
        query,
        sent,
        async ({ method, path }, segments, parameters, { data, contentType }) => {
          let index = 0;
          const target = path.replaceAll(/:(\w+)/g, (_, name: string) =>
            name === "account" ? ACCOUNT_ID : (segments[index++]?.() ?? ""),
          );
          const search = new URLSearchParams(parameters).toString();
          const response = await api.ask(
            method,
            `${target}?${search}`,
            method === "GET" ? undefined : data,
            method === "GET" ? {} : { "content-type": contentType },
          );
          expect(
            response.status,
            `${method} ${target}?${search} ${contentType} ${data.toString()}`,
          ).toBeLessThan(500);
        },
      ),
      { numRuns: runs(160, 800) },
    );
    expect(api.logged).toEqual([]);
  });
});

describe("whatever a Worker is named and made of", () => {
  it("can be read again, or is refused", async () => {
    const api = bareApi();
    const { id } = await api.account.createNamespace("configuration");
    const bindingOf = (name: string, kind: number) =>
      [
        { type: "plain_text", name, text: name },
        { type: "secret_text", name, text: name },
        { type: "kv_namespace", name, namespace_id: id },
        { type: "secrets_store_secret", name, store_id: name, secret_name: name },
        { type: "inherit", name, old_name: name },
      ][kind];
    const name = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), pointedText);
    await fc.assert(
      fc.asyncProperty(
        name.map(header),
        fc.array(fc.tuple(fc.oneof(text, name), fc.nat({ max: 4 })), { maxLength: 4 }),
        value,
        fc.array(text, { maxLength: 2 }),
        async (mainModule, bindings, observability, flags) => {
          const metadata = JSON.stringify({
            main_module: mainModule,
            bindings: bindings.map(([bound, kind]) => bindingOf(bound, kind)),
            observability,
            tags: observability,
            compatibility_flags: flags,
          });
          const data = multipart([
            [`name="metadata"`, metadata],
            [`name="main"; filename="${mainModule}"`, "export default {}"],
            [`name="other"; filename="${header(bindings[0]?.[0] ?? "other")}"`, "export default {}"],
          ]);
          const headers = { "content-type": "multipart/form-data; boundary=b" };
          const put = await api.ask("PUT", `${SCRIPTS}/shop`, data, headers);
          expect(put.status, await put.text()).toBeLessThan(500);
          for (const read of ["", "/content/v2", "/settings", "/secrets", "/versions", "/deployments"]) {
            const got = await api.ask("GET", `${SCRIPTS}/shop${read}`);
            expect(got.status, `${read} of ${metadata}`).toBeLessThan(500);
            await got.arrayBuffer();
          }
        },
      ),
      { numRuns: runs(30, 120) },
    );
    expect(api.logged).toEqual([]);
  });
});

describe("whatever KV is given", () => {
  const account = emptyAccount();
  const api = bareApi(account);
  let runtime: LocalRuntime;
  let path: string;

  beforeAll(async () => {
    runtime = await startRuntime({
      account,
      outbound: () => Promise.resolve(new Response(null, { status: 502 })),
      log: () => undefined,
    });
    path = `${ACCOUNT}/storage/kv/namespaces/${(await account.createNamespace("values")).id}`;
  });
  afterAll(() => runtime.dispose());

  const key = fc
    .oneof(fc.string({ unit: "binary", maxLength: 600 }), pointedText)
    .filter((name) => name !== "");

  it("comes back as it went in, or is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        key,
        fc.uint8Array(),
        fc.jsonValue({ maxDepth: 3 }),
        fc.oneof(fc.constant(undefined), value),
        async (name, bytes, metadata, expiration_ttl) => {
          const encoded = encodeURIComponent(name);
          const entry = { key: name, value: Buffer.from(bytes).toString("base64"), base64: true };
          const put = await api.call("PUT", `${path}/bulk`, [{ ...entry, metadata, expiration_ttl }]);
          expect(put.status, put.message).toBeLessThan(500);
          const got = await api.ask("GET", `${path}/values/${encoded}`);
          expect(got.status).toBeLessThan(500);
          const listed = await api.ask(
            "GET",
            `${path}/keys?${new URLSearchParams({ prefix: name }).toString()}`,
          );
          expect(listed.status).toBeLessThan(500);
          const gone = await api.ask("DELETE", `${path}/values/${encoded}`);
          expect(gone.status).toBeLessThan(500);
          // A path cannot hold a segment of dots, whatever the key is.
          if (put.status !== 200 || /^\.{1,2}$/.test(name)) return;
          expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
        },
      ),
      { numRuns: runs(20, 80) },
    );
    expect(api.logged).toEqual([]);
  });

  it.each([
    ["bulk/get", { keys: ["\ud800"] }],
    ["bulk/get", { keys: ["."] }],
    ["bulk/get", { keys: ["k".repeat(513)] }],
    ["bulk/delete", [""]],
  ])("refuses in %s the keys of %j", async (call, told) => {
    expect(await api.call("POST", `${path}/${call}`, told)).toMatchObject({ status: 400, code: 10033 });
  });

  it.each(["GET", "DELETE", "PUT"])("refuses a key of 513 bytes to %s", async (method) => {
    const target = `${path}/values/${"k".repeat(513)}`;
    const response = await api.ask(method, target, method === "GET" ? undefined : "x");
    expect(response.status).toBe(400);
  });

  it("takes a key that ends when the runtime's time does, and refuses one that ends later", async () => {
    const latest = 2 ** 31 - 1;
    const ttl = latest - Math.floor(Date.now() / 1000) + 60;
    expect((await api.ask("PUT", `${path}/values/latest?expiration=${latest}`, "x")).status).toBe(200);
    expect((await api.ask("GET", `${path}/values/latest`)).headers.get("expiration")).toBe(String(latest));
    for (const query of [`expiration=${latest + 1}`, `expiration=253402300799`, `expiration_ttl=${ttl}`]) {
      const { status } = await api.ask("PUT", `${path}/values/later?${query}`, "x");
      expect([query, status]).toEqual([query, 400]);
    }
    const bulk = [{ key: "later", value: "x", expiration: latest + 1 }];
    const refused = await api.call("PUT", `${path}/bulk`, bulk);
    expect(refused).toMatchObject({ status: 400, code: 10033 });
    expect(refused.message).toContain("2147483647 (2038-01-19) at the latest");
  });

  it("says that a value is not JSON where it is asked for as JSON", async () => {
    await account.putValue(account.namespaces[0]?.id ?? "", "text", {
      bytes: Buffer.from("not-a-real-secret"),
    });
    const refused = await api.call("POST", `${path}/bulk/get`, { keys: ["text"], type: "json" });
    expect(refused).toMatchObject({ status: 400, code: 10033 });
    expect(refused.message).not.toContain("not-a-real-secret");
  });

  it("writes none of many when one is refused", async () => {
    const entries = [
      { key: "first", value: "x" },
      { key: "second", value: "x", expiration_ttl: 1 },
    ];
    expect(await api.call("PUT", `${path}/bulk`, entries)).toMatchObject({ status: 400 });
    expect(await account.keys(account.namespaces[0]?.id ?? "", "first")).toEqual([]);
  });
});
