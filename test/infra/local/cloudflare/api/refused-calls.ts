import { PERMISSION_GROUPS } from "../../../../../infra/cloudflare/permission-groups.ts";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";
import { type Answer, bareApi, moduleFile } from "./bare-api.ts";

const STORE = "0".repeat(32);
const bytes = (length: number) => new Uint8Array(length);

/** An account with something of everything, and values for the parameters of every path. */
export async function fullAccount() {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  const namespace = (await account.createNamespace("mine")).id;
  await account.createNamespace("taken");
  await account.putValue(namespace, "k", { bytes: Buffer.from("not JSON") });
  const shop = await account.putScript(
    moduleWorker("", [
      { type: "plain_text", name: "TEXT", text: "a" },
      { type: "secret_text", name: "SECRET", text: "not-a-real-secret" },
    ]),
  );
  await account.putScript(moduleWorker("", [{ type: "service", name: "SHOP", service: "shop" }], "other"));
  const route = await account.createRoute(ZONE.id, "shop.example.com/*", "shop");
  await account.createRoute(ZONE.id, "www.example.com/*", "other");
  const domain = await account.putDomain("a.example.com", "shop");
  await account.putSecret(STORE, "KEY", "not-a-real-secret");
  const { token } = await account.changeTokens((tokens) =>
    tokens.create("user", { name: "t", policies: [] }),
  );
  const ofAccount = await account.changeTokens((tokens) =>
    tokens.create("account", { name: "t", policies: [] }),
  );
  const api = bareApi(account);
  const parameters: Readonly<Record<string, string>> = {
    account: ACCOUNT_ID,
    zone: ZONE.id,
    namespace,
    key: "k",
    script: "shop",
    environment: "production",
    version: shop.history?.versions[0]?.id ?? "",
    deployment: shop.history?.deployments[0]?.id ?? "",
    route: route.id,
    domain: domain.id,
    store: STORE,
  };
  const at = (path: string, change: Readonly<Record<string, string>> = {}) => {
    const inStore = path.includes("secrets_store");
    const stored = account.contents.secrets[0]?.id ?? "";
    const tokenId = path.startsWith("/user") ? token.id : ofAccount.token.id;
    const all: Readonly<Record<string, string>> = {
      ...parameters,
      secret: inStore ? stored : "SECRET",
      token: tokenId,
      ...change,
    };
    return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(all[name] ?? ""));
  };
  return { ...api, namespace, version: parameters["version"] ?? "", at };
}

export type World = Awaited<ReturnType<typeof fullAccount>>;

const upload = (bindings: readonly object[] = [], extra: object = {}) => ({
  metadata: JSON.stringify({ main_module: "a.js", bindings, ...extra }),
  "a.js": moduleFile("a.js"),
});

/** A body that each call takes. */
const BODIES: Readonly<Record<string, unknown>> = {
  "PUT token": {
    name: "t",
    policies: [
      {
        effect: "allow",
        permission_groups: [{ id: PERMISSION_GROUPS[0]?.id }],
        resources: { [`com.cloudflare.api.account.${ACCOUNT_ID}`]: "*" },
      },
    ],
  },
  "PUT value": {},
  "POST routes": { pattern: "b.example.com/*", script: "shop" },
  "PUT :route": { pattern: "b.example.com/*", script: "shop" },
  "PUT :namespace": { title: "another" },
  "PUT bulk": [{ key: "a", value: "b" }],
  "DELETE bulk": ["a"],
  "POST delete": ["a"],
  "POST get": { keys: ["k"] },
  "PATCH settings": { bindings: [] },
  "PATCH script-settings": { logpush: false },
  "PUT usage-model": { usage_model: "standard" },
  "PUT secrets": { name: "SECRET", text: "a", type: "secret_text" },
  "PATCH secrets-bulk": { secrets: { SECRET: { text: "a", type: "secret_text" } } },
  "PUT schedules": [{ cron: "*/5 * * * *" }],
  "POST subdomain": { enabled: true },
  "PUT domains": { hostname: "b.example.com", service: "shop" },
  "PUT records": { origins: [{ hostname: "b.example.com" }] },
  "PUT routes": [{ pattern: "b.example.com/*", zone_id: ZONE.id }],
  "POST secrets": [{ name: "NEW", value: "a", scopes: ["workers"] }],
  "DELETE secrets": [{ id: "missing" }],
  "PATCH :secret": { value: "a" },
};

const FORMS: ReadonlySet<string> = new Set(["PUT :script", "PUT content", "POST versions"]);

/** The call as it is taken, but for what `change` puts in the place of parameters. */
async function missing(
  world: World,
  call: string,
  change: Readonly<Record<string, string>>,
): Promise<Answer> {
  const [method = "", path = ""] = call.split(" ");
  const kind = `${method} ${path.split("/").at(-1) ?? ""}`;
  if (FORMS.has(kind)) return world.form(method, world.at(path, change), upload());
  if (kind === "POST deployments") {
    const versions = [{ version_id: world.version, percentage: 100 }];
    return world.call(method, world.at(path, change), { strategy: "percentage", versions });
  }
  const isToken = path.endsWith("/:token");
  const body = isToken && method === "PUT" ? BODIES["PUT token"] : BODIES[kind];
  return world.call(method, world.at(path, change), body);
}

/** Which parameter names what is not there, by code. */
const MISSING: Readonly<Record<number, readonly string[]>> = {
  7003: ["zone"],
  10013: ["namespace"],
  10007: ["version", "deployment", "domain", "script"],
  10090: ["script"],
  1001: ["token", "secret", "store"],
  10009: ["route", "key"],
  10056: ["secret"],
};

const CONTENT = "/accounts/:account/workers/scripts/:script";
const KV = "/accounts/:account/storage/kv/namespaces";
const ROUTES = "/zones/:zone/workers/routes";
const DOMAINS = "/accounts/:account/workers/domains";
const STORES = "/accounts/:account/secrets_store/stores";

type Provocation = (world: World) => Promise<Answer>;

const json =
  (call: string, body: unknown, change: Readonly<Record<string, string>> = {}): Provocation =>
  (world) => {
    const [method = "", path = ""] = call.split(" ");
    return world.call(method, world.at(path, change), body);
  };

/** A newer version that waits to be deployed, and then the call. */
const waiting =
  (call: string, body: unknown): Provocation =>
  async (world) => {
    await world.form("POST", world.at(`${CONTENT}/versions`), upload());
    const [method = "", path = ""] = call.split(" ");
    return path.endsWith("/content")
      ? world.form(method, world.at(path), upload())
      : world.call(method, world.at(path), body);
  };

const BAD_BINDINGS: Readonly<Record<number, readonly object[]>> = {
  10021: [{ type: "r2_bucket", name: "R2", bucket_name: "b" }],
  10042: [{ type: "kv_namespace", name: "KV", namespace_id: "missing" }],
  10053: [
    { type: "plain_text", name: "A", text: "" },
    { type: "plain_text", name: "A", text: "" },
  ],
  10054: [{ type: "plain_text", name: "A", text: "x".repeat(5121) }],
  10143: [{ type: "service", name: "S", service: "missing" }],
};

const badBindings = Object.entries(BAD_BINDINGS).flatMap(([code, bindings]): [string, Provocation][] => [
  [`PUT ${CONTENT} ${code}`, (world) => world.form("PUT", world.at(CONTENT), upload(bindings))],
  [
    `POST ${CONTENT}/versions ${code}`,
    (world) => world.form("POST", world.at(`${CONTENT}/versions`), upload(bindings)),
  ],
  [`PATCH ${CONTENT}/settings ${code}`, json(`PATCH ${CONTENT}/settings`, { bindings })],
]);

const badTokens = [
  "POST /user/tokens",
  "POST /accounts/:account/tokens",
  "PUT /user/tokens/:token",
  "PUT /accounts/:account/tokens/:token",
].map((call): [string, Provocation] => [
  `${call} 1002`,
  json(call, {
    name: "t",
    policies: [{ effect: "allow", permission_groups: [{ id: "0".repeat(32) }], resources: {} }],
  }),
]);

const badRoutes = [`POST ${ROUTES}`, `PUT ${ROUTES}/:route`].flatMap((call): [string, Provocation][] => [
  [`${call} 10019`, json(call, { pattern: "b.example.com/*", script: "missing" })],
  [`${call} 10020`, json(call, { pattern: "www.example.com/*", script: "shop" })],
  [`${call} 10022`, json(call, { pattern: "b.example.com:80/*", script: "shop" })],
]);

/** Requests that bring about refusals for which nothing has to be missing. */
const PROVOCATIONS: ReadonlyMap<string, Provocation> = new Map<string, Provocation>([
  ...badBindings,
  ...badTokens,
  ...badRoutes,
  ...["/user/tokens/verify", "/accounts/:account/tokens/verify"].map((path): [string, Provocation] => [
    `GET ${path} 1000`,
    async (world) =>
      world.read(await world.ask("GET", world.at(path), undefined, { authorization: "Bearer unknown" })),
  ]),
  [`POST ${KV} 10014`, json(`POST ${KV}`, { title: "taken" })],
  [`POST ${KV} 10019`, json(`POST ${KV}`, { title: "" })],
  [`PUT ${KV}/:namespace 10014`, json(`PUT ${KV}/:namespace`, { title: "taken" })],
  [`PUT ${KV}/:namespace 10019`, json(`PUT ${KV}/:namespace`, { title: "" })],
  [
    `PUT ${KV}/:namespace/values/:key 10027`,
    async (world) => {
      const large = bytes(25 * 1024 * 1024 + 1);
      return world.read(await world.ask("PUT", world.at(`${KV}/:namespace/values/:key`), large));
    },
  ],
  [
    `PUT ${KV}/:namespace/values/:key 10033`,
    json(`PUT ${KV}/:namespace/values/:key`, "v", { key: "x".repeat(513) }),
  ],
  [
    `PUT ${KV}/:namespace/bulk 10033`,
    json(`PUT ${KV}/:namespace/bulk`, [{ key: "a", value: "%", base64: true }]),
  ],
  [`DELETE ${KV}/:namespace/bulk 10033`, json(`DELETE ${KV}/:namespace/bulk`, ["."])],
  [`POST ${KV}/:namespace/bulk/delete 10033`, json(`POST ${KV}/:namespace/bulk/delete`, ["."])],
  [
    `POST ${KV}/:namespace/bulk/get 10033`,
    json(`POST ${KV}/:namespace/bulk/get`, { keys: ["k"], type: "json" }),
  ],
  [
    `POST ${KV}/:namespace/bulk/get 10027`,
    async (world) => {
      for (const key of ["a", "b"])
        await world.account.putValue(world.namespace, key, { bytes: bytes(13 * 1024 * 1024) });
      return json(`POST ${KV}/:namespace/bulk/get`, { keys: ["a", "b"] })(world);
    },
  ],
  [`PUT ${CONTENT} 10016`, (world) => world.form("PUT", world.at(CONTENT, { script: "Bad Name" }), upload())],
  [
    `PUT ${CONTENT} 10027`,
    (world) =>
      world.form("PUT", world.at(CONTENT), {
        metadata: JSON.stringify({ main_module: "a.js" }),
        "a.js": moduleFile("a.js", "x".repeat(64 * 1024 * 1024 + 1)),
      }),
  ],
  [
    `PUT ${CONTENT} 10057`,
    (world) =>
      world.form(
        "PUT",
        `${world.at(CONTENT)}?bindings_inherit=strict`,
        upload([{ type: "inherit", name: "MISSING" }]),
      ),
  ],
  [
    `PUT ${CONTENT}/content 10021`,
    (world) =>
      world.form("PUT", world.at(`${CONTENT}/content`), { metadata: "{}", "a.js": moduleFile("a.js") }),
  ],
  [`PUT ${CONTENT}/content 10214`, waiting(`PUT ${CONTENT}/content`, undefined)],
  [`PATCH ${CONTENT}/settings 10214`, waiting(`PATCH ${CONTENT}/settings`, { bindings: [] })],
  [`DELETE ${CONTENT} 10064`, json(`DELETE ${CONTENT}`, undefined, { script: "other" })],
  [`DELETE ${CONTENT} 10142`, json(`DELETE ${CONTENT}`, undefined)],
  [
    "DELETE /accounts/:account/workers/services/:script 10142",
    json("DELETE /accounts/:account/workers/services/:script", undefined),
  ],
  [
    `PUT ${CONTENT}/secrets 10053`,
    json(`PUT ${CONTENT}/secrets`, { name: "TEXT", text: "a", type: "secret_text" }),
  ],
  [
    `PUT ${CONTENT}/secrets 10054`,
    json(`PUT ${CONTENT}/secrets`, { name: "A", text: "x".repeat(5121), type: "secret_text" }),
  ],
  [`PUT ${CONTENT}/secrets 10215`, waiting(`PUT ${CONTENT}/secrets`, BODIES["PUT secrets"])],
  [
    `PATCH ${CONTENT}/secrets-bulk 10053`,
    json(`PATCH ${CONTENT}/secrets-bulk`, { secrets: { TEXT: { text: "a", type: "secret_text" } } }),
  ],
  [
    `PATCH ${CONTENT}/secrets-bulk 10215`,
    waiting(`PATCH ${CONTENT}/secrets-bulk`, BODIES["PATCH secrets-bulk"]),
  ],
  [`DELETE ${CONTENT}/secrets/:secret 10215`, waiting(`DELETE ${CONTENT}/secrets/:secret`, undefined)],
  [`PUT ${CONTENT}/schedules 10100`, json(`PUT ${CONTENT}/schedules`, [{ cron: "now and then" }])],
  [
    `POST ${CONTENT}/deployments 10021`,
    async (world) => {
      const waits = () => world.form("POST", world.at(`${CONTENT}/versions`), upload());
      const { id } = (await waits()).result as { readonly id: string };
      for (let index = 0; index < 11; index += 1) await waits();
      const versions = [{ version_id: id, percentage: 100 }];
      return json(`POST ${CONTENT}/deployments`, { strategy: "percentage", versions })(world);
    },
  ],
  [
    `POST ${CONTENT}/deployments 10220`,
    async (world) => {
      await json(`PUT ${CONTENT}/secrets`, BODIES["PUT secrets"])(world);
      return missing(world, `POST ${CONTENT}/deployments`, {});
    },
  ],
  [`PUT ${DOMAINS} 10007`, json(`PUT ${DOMAINS}`, { hostname: "b.example.com", service: "missing" })],
  [`PUT ${DOMAINS} 100114`, json(`PUT ${DOMAINS}`, { hostname: "b.example.org", service: "shop" })],
  [
    `PUT ${CONTENT}/domains/records 100114`,
    json(`PUT ${CONTENT}/domains/records`, { origins: [{ hostname: "b.example.org" }] }),
  ],
  [
    `PUT ${CONTENT}/routes 10020`,
    json(`PUT ${CONTENT}/routes`, [{ pattern: "www.example.com/*", zone_id: ZONE.id }]),
  ],
  [
    `PUT ${CONTENT}/routes 10022`,
    json(`PUT ${CONTENT}/routes`, [{ pattern: "b.example.com:80/*", zone_id: ZONE.id }]),
  ],
  [`PUT ${CONTENT}/routes 100114`, json(`PUT ${CONTENT}/routes`, [{ pattern: "b.example.org/*" }])],
  [`POST ${STORES} 1003`, json(`POST ${STORES}`, { name: `store-${STORE}` })],
  [
    `POST ${STORES}/:store/secrets 1003`,
    json(`POST ${STORES}/:store/secrets`, [{ name: "KEY", value: "a", scopes: ["workers"] }]),
  ],
]);

/** Brings a refusal about; undefined where nobody knows how. */
export function provocationOf(call: string, code: number): Provocation | undefined {
  const specific = PROVOCATIONS.get(`${call} ${code}`);
  if (specific !== undefined) return specific;
  const parameter = MISSING[code]?.find((name) => call.includes(`:${name}`));
  return parameter === undefined
    ? undefined
    : (world) => missing(world, call, { [parameter]: "f".repeat(32) });
}
