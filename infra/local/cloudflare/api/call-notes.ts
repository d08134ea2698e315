/** What a call does here, and what it refuses beside what every call refuses. */
export interface CallNote {
  /** Each as `METHOD path`, like a route. */
  readonly calls: readonly string[];
  /** What it keeps, or what it tells: half a sentence. */
  readonly keeps: string;
  /** When it refuses, by Cloudflare's code. A test makes each of them happen. */
  readonly refuses: Readonly<Record<number, string>>;
}

const A = "/accounts/:account";
const WORKERS = `${A}/workers`;
const SCRIPT = `${WORKERS}/scripts/:script`;
const SERVICE = `${WORKERS}/services/:script`;
const DOMAINS = `${WORKERS}/domains`;
const KV = `${A}/storage/kv/namespaces`;
const STORES = `${A}/secrets_store/stores`;
const STORE = `${STORES}/:store`;
const ROUTES = "/zones/:zone/workers/routes";

const NO_ZONE = { 7003: "no such zone" };
const NO_NAMESPACE = { 10013: "no such namespace" };
const NO_SCRIPT = { 10007: "no such Worker" };
const NO_SERVICE = { 10090: "no such Worker" };
const NO_STORE = { 1001: "no such store" };
const NO_SECRET = { 1001: "no such store or secret" };
const NO_TOKEN = { 1001: "no such token" };
const NO_DOMAIN = { 10007: "no such custom domain" };
const BAD_ROUTE = {
  ...NO_ZONE,
  10019: "a Worker that is not there",
  10020: "a pattern that another route has",
  10022: "a pattern that no route can have",
};
const BAD_BINDINGS = {
  10021: "a binding that is not emulated",
  10042: "a namespace that is not there",
  10053: "two bindings of one name",
  10054: "a variable or secret above 5 kB",
  10143: "a service that is not there",
};

/** Every call that is emulated has one entry here; a test says which has none. */
export const CALL_NOTES: readonly CallNote[] = [
  note("GET /user", "one user, made up"),
  note("GET /memberships", "the user's membership of the one account"),
  note("GET /accounts", "the one account, where the token is for it; filter `name`"),
  note(`GET ${A}`, "the account; of it, only the id is not made up"),
  note(`GET ${A}/subscriptions`, "Workers Paid, the plan whose limits are kept"),

  note(["GET /user/tokens/verify", `GET ${A}/tokens/verify`], "whether the token is valid", {
    1000: "a token that is not known, or is the other kind's",
  }),
  note(
    ["GET /user/tokens/permission_groups", `GET ${A}/tokens/permission_groups`],
    "the permissions of what is emulated",
  ),
  note(["GET /user/tokens", `GET ${A}/tokens`], "tokens with their policies, never with their values"),
  note(
    ["POST /user/tokens", `POST ${A}/tokens`],
    "name, policies and dates, which hold; its value, told once, as SHA-256",
    {
      1002: "conditions, permissions that are not known, a policy without resources, an end before its beginning",
    },
  ),
  note(["GET /user/tokens/:token", `GET ${A}/tokens/:token`], "one token, never with its value", NO_TOKEN),
  note(["PUT /user/tokens/:token", `PUT ${A}/tokens/:token`], "as at its creation; the value stays", {
    ...NO_TOKEN,
    1002: "as at its creation",
  }),
  note(
    ["DELETE /user/tokens/:token", `DELETE ${A}/tokens/:token`],
    "nothing: it is worth nothing at once",
    NO_TOKEN,
  ),
  note(
    ["PUT /user/tokens/:token/value", `PUT ${A}/tokens/:token/value`],
    "another value, told once; the one before is worth nothing",
    NO_TOKEN,
  ),

  note(
    "GET /zones",
    "the zones that the token may read; filters `name`, `status`, `account.id`, `account.name`",
  ),
  note("GET /zones/:zone", "name and id; everything else is made up", NO_ZONE),
  note(
    "GET /zones/:zone/dns_records",
    "two records that lead every name of the zone here; filter `name`",
    NO_ZONE,
  ),
  note(`GET ${ROUTES}`, "the zone's routes", NO_ZONE),
  note(`POST ${ROUTES}`, "pattern and Worker, which visitors get at once", BAD_ROUTE),
  note(`GET ${ROUTES}/:route`, "one route", { ...NO_ZONE, 10009: "no such route in the zone" }),
  note(`PUT ${ROUTES}/:route`, "another pattern or Worker under the same id", {
    ...BAD_ROUTE,
    10009: "no such route in the zone",
  }),
  note(`DELETE ${ROUTES}/:route`, "nothing", { ...NO_ZONE, 10009: "no such route in the zone" }),

  note(`GET ${KV}`, "the namespaces; `order`, `direction`, pages"),
  note(`POST ${KV}`, "the title", {
    10014: "a title that another namespace has",
    10019: "an empty title",
  }),
  note(`GET ${KV}/:namespace`, "id and title", NO_NAMESPACE),
  note(`PUT ${KV}/:namespace`, "another title; id and values stay", {
    ...NO_NAMESPACE,
    10014: "a title that another namespace has",
    10019: "an empty title",
  }),
  note(`DELETE ${KV}/:namespace`, "nothing: its values go with it", NO_NAMESPACE),
  note(
    `GET ${KV}/:namespace/keys`,
    "names, metadata and ends; `prefix`, `limit` (10 to 1,000), `cursor`",
    NO_NAMESPACE,
  ),
  note(`GET ${KV}/:namespace/values/:key`, "the bytes, and the end as a header", {
    ...NO_NAMESPACE,
    10009: "no such key",
  }),
  note(
    `PUT ${KV}/:namespace/values/:key`,
    "bytes, metadata and end; a body, or a form with `value` and `metadata`",
    {
      ...NO_NAMESPACE,
      10027: "a value above 25 MiB",
      10033: "a key that KV cannot have, an end within a minute, metadata above 1,024 bytes",
    },
  ),
  note(`DELETE ${KV}/:namespace/values/:key`, "nothing; a key that is not there is no error", NO_NAMESPACE),
  note(`GET ${KV}/:namespace/metadata/:key`, "the metadata, or null", {
    ...NO_NAMESPACE,
    10009: "no such key",
  }),
  note(`PUT ${KV}/:namespace/bulk`, "up to 10,000 values, all or none", {
    ...NO_NAMESPACE,
    10033: "one that could not be written alone, or that says base64 and is not",
  }),
  note(
    [`DELETE ${KV}/:namespace/bulk`, `POST ${KV}/:namespace/bulk/delete`],
    "nothing of up to 10,000 keys",
    { ...NO_NAMESPACE, 10033: "a key that KV cannot have" },
  ),
  note(
    `POST ${KV}/:namespace/bulk/get`,
    "up to 100 values as text or JSON, null for those that are not there",
    {
      ...NO_NAMESPACE,
      10027: "more than 25 MiB together",
      10033: "a value that is not JSON, asked for as JSON",
    },
  ),

  note(`GET ${WORKERS}/scripts`, "the Workers, without their code"),
  note(
    `PUT ${SCRIPT}`,
    "code, modules, bindings, compatibility, secrets that `keep_bindings` or `inherit` name; it answers at once. " +
      "Observability, placement, limits, tags, tail consumers: given back, without effect",
    {
      ...BAD_BINDINGS,
      10016: "a name that no Worker can have",
      10027: "code above 64 MiB, or 10 MiB compressed",
      10057: "`inherit` of a binding that is not there, where it says strict",
    },
  ),
  note([`GET ${SCRIPT}`, `GET ${SCRIPT}/content`], "the code, as a form with all of its modules", NO_SCRIPT),
  note(`GET ${SCRIPT}/content/v2`, "the code, of any of the ten latest versions", NO_SCRIPT),
  note(`PUT ${SCRIPT}/content`, "other code; everything else stays", {
    ...NO_SCRIPT,
    10021: "code that does not start, no main module",
    10214: "a newer version that is not deployed",
  }),
  note(`DELETE ${SCRIPT}`, "nothing; with `force`, its routes and custom domains go, too", {
    ...NO_SCRIPT,
    10064: "a route or custom domain that leads to it",
    10142: "another Worker that is bound to it",
  }),
  note(`GET ${SCRIPT}/settings`, "bindings without secrets, compatibility, and what was given", NO_SCRIPT),
  note(`PATCH ${SCRIPT}/settings`, "what the request names; everything else stays", {
    ...NO_SCRIPT,
    ...BAD_BINDINGS,
    10214: "a newer version that is not deployed",
  }),
  note([`GET ${SCRIPT}/script-settings`, `GET ${SCRIPT}/usage-model`], "what was given", NO_SCRIPT),
  note(
    [`PATCH ${SCRIPT}/script-settings`, `PUT ${SCRIPT}/usage-model`],
    "what is given, without effect",
    NO_SCRIPT,
  ),
  note(`GET ${SCRIPT}/references`, "Workers that it calls, and that call it", NO_SCRIPT),
  note(`GET ${WORKERS}/tails/by-consumer/:script`, "none, ever"),
  note([`GET ${SERVICE}`, `GET ${SERVICE}/environments/:environment`], "the Worker as a service", NO_SERVICE),
  note(`GET ${SERVICE}/environments/:environment/bindings`, "its bindings, without secrets", NO_SERVICE),
  note(`GET ${SERVICE}/environments/:environment/content/v2`, "its code", NO_SERVICE),
  note(`GET ${SERVICE}/environments/:environment/routes`, "its routes in all zones", NO_SERVICE),
  note(`GET ${SERVICE}/environments/:environment/subdomain`, "whether it was given an address", NO_SERVICE),
  note(`DELETE ${SERVICE}`, "nothing: its routes and custom domains go with it", {
    ...NO_SERVICE,
    10142: "another Worker that is bound to it, unless forced",
  }),
  note(`GET ${SCRIPT}/secrets`, "names, never values", NO_SCRIPT),
  note(`PUT ${SCRIPT}/secrets`, "the secret, in a version of its own", {
    ...NO_SCRIPT,
    10053: "the name of a binding that is no secret",
    10054: "a value above 5 kB",
    10215: "a newer version that is not deployed",
  }),
  note(`PATCH ${SCRIPT}/secrets-bulk`, "several secrets, all or none; null takes one away", {
    ...NO_SCRIPT,
    10053: "the name of a binding that is no secret",
    10215: "a newer version that is not deployed",
  }),
  note(`GET ${SCRIPT}/secrets/:secret`, "its name, never its value", {
    ...NO_SCRIPT,
    10056: "no such secret",
  }),
  note(`DELETE ${SCRIPT}/secrets/:secret`, "nothing", {
    ...NO_SCRIPT,
    10056: "no such secret",
    10215: "a newer version that is not deployed",
  }),
  note(`GET ${SCRIPT}/schedules`, "the cron triggers", NO_SCRIPT),
  note(`PUT ${SCRIPT}/schedules`, "the cron triggers, which run at their times", {
    ...NO_SCRIPT,
    10100: "an expression that Cloudflare would refuse",
  }),
  note(`GET ${SCRIPT}/subdomain`, "whether it was given an address", NO_SCRIPT),
  note(
    [`POST ${SCRIPT}/subdomain`, `DELETE ${SCRIPT}/subdomain`],
    "the switch; nothing is served there",
    NO_SCRIPT,
  ),
  note(`GET ${SCRIPT}/tails`, "none, ever", NO_SCRIPT),
  note(`GET ${WORKERS}/subdomain`, "`local`"),
  note(`GET ${SCRIPT}/versions`, "all versions; with `deployable`, the ten latest", NO_SCRIPT),
  note(`POST ${SCRIPT}/versions`, "a version that waits to be deployed", { ...NO_SCRIPT, ...BAD_BINDINGS }),
  note(`GET ${SCRIPT}/versions/:version`, "one version, with its bindings", NO_SCRIPT),
  note(`GET ${SCRIPT}/deployments`, "the ten latest deployments", NO_SCRIPT),
  note(`POST ${SCRIPT}/deployments`, "which version answers: one, with all of the traffic", {
    ...NO_SCRIPT,
    10021: "a version that does not start, or is older than the ten latest",
    10220: "secrets that were changed since that version, unless forced",
  }),
  note(`GET ${SCRIPT}/deployments/:deployment`, "one of the latest hundred", NO_SCRIPT),

  note(
    [`GET ${DOMAINS}`, `GET ${DOMAINS}/records`],
    "custom domains; filters `zone_id`, `zone_name`, `service`, `hostname`",
  ),
  note(`PUT ${DOMAINS}`, "hostname and Worker, which visitors get at once", {
    ...NO_SCRIPT,
    100114: "a hostname in no zone of the account, or one that none can have",
  }),
  note([`GET ${DOMAINS}/:domain`, `GET ${DOMAINS}/records/:domain`], "one custom domain", NO_DOMAIN),
  note(`DELETE ${DOMAINS}/:domain`, "nothing", NO_DOMAIN),
  note(`POST ${SCRIPT}/domains/changeset`, "what setting these custom domains would change"),
  note(`PUT ${SCRIPT}/domains/records`, "these custom domains, and no others", {
    ...NO_SCRIPT,
    100114: "a hostname in no zone of the account",
  }),
  note(`PUT ${SCRIPT}/routes`, "these routes, and no others", {
    ...NO_SCRIPT,
    10020: "a pattern that another Worker's route has",
    10022: "a pattern that no route can have",
    100114: "a pattern in no zone of the account",
  }),

  note(`GET ${STORES}`, "the stores"),
  note(`POST ${STORES}`, "the name", { 1003: "a name that another store has" }),
  note(`GET ${STORE}`, "one store", NO_STORE),
  note(`DELETE ${STORE}`, "nothing: its secrets go with it", NO_STORE),
  note(`GET ${STORE}/secrets`, "names, comments and scopes, never values; filter `search`", NO_STORE),
  note(`POST ${STORE}/secrets`, "up to 100 secrets, all or none; only Workers get the values", {
    ...NO_STORE,
    1003: "a name that another secret of the store has",
  }),
  note(`DELETE ${STORE}/secrets`, "nothing of up to 100, all or none", NO_SECRET),
  note(`GET ${STORE}/secrets/:secret`, "name, comment and scopes, never the value", NO_SECRET),
  note(
    `PATCH ${STORE}/secrets/:secret`,
    "value, comment or scopes; Workers get the value at once",
    NO_SECRET,
  ),
  note(`DELETE ${STORE}/secrets/:secret`, "nothing", NO_SECRET),
];

/** What every call refuses, by Cloudflare's code, before it looks at what it is about. */
export const REFUSED_BY_ALL: Readonly<Record<number, string>> = {
  6003: "an Authorization header that is not a Bearer token",
  7000: "a call that is not emulated; the message says why, where that is known",
  7003: "the id of another account",
  9103: "API keys instead of a token",
  9106: "no token",
  9109: "a token without the permission, from users, tokens, accounts and zones",
  10000:
    "a token that is not known, or without the permission, from everything else; a Host header that is not local",
  10026: "a body that is not what the call takes",
  10027: "a body above its limit",
};

function note(
  calls: string | readonly string[],
  keeps: string,
  refuses: Readonly<Record<number, string>> = {},
): CallNote {
  return { calls: [calls].flat(), keeps, refuses };
}
