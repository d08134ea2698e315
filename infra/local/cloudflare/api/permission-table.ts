import {
  PERMISSION_GROUPS,
  type PermissionName,
  type PermissionScope,
} from "../../../cloudflare/permission-groups.ts";

/** What a permission has to be held on. */
export type DemandedOn =
  /** The account of the path, the zone of the path, the user. */
  | PermissionScope
  /** At least one zone; the answer shows no others. */
  | "some-zone"
  | "every-zone";

/** What a call of the management API needs. */
export interface Demand {
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  /** Any of them is enough; none at all: every valid token may call it. */
  readonly any: readonly PermissionName[];
  readonly on: DemandedOn;
  /** Whence it is known. */
  readonly source: string;
}

/** The permissions that Cloudflare's API documentation names beside a call ("Accepted Permissions"). */
const DOCUMENTED = "Cloudflare's API documentation";
const OLDER = "no longer documented; that of the call beside it which is";

const A = "/accounts/:account";
const SCRIPT = `${A}/workers/scripts/:script`;
const SERVICE = `${A}/workers/services/:script`;
const KV = `${A}/storage/kv/namespaces`;
const STORE = `${A}/secrets_store/stores/:store`;

const SCRIPTS_READ = ["Workers Scripts Read", "Workers Scripts Write"] as const;
/** What may read logs may read the Workers that write them. */
const SCRIPT_READ = ["Workers Tail Read", ...SCRIPTS_READ] as const;
const SCRIPT_WRITE = ["Workers Scripts Write"] as const;
const KV_READ = ["Workers KV Storage Read", "Workers KV Storage Write"] as const;
const KV_WRITE = ["Workers KV Storage Write"] as const;
const ROUTES_READ = ["Workers Routes Read", "Workers Routes Write"] as const;
const ROUTES_WRITE = ["Workers Routes Write"] as const;
const SECRETS_READ = ["Secrets Store Read", "Secrets Store Write"] as const;
const SECRETS_WRITE = ["Secrets Store Write"] as const;

const inScope = (scope: PermissionScope) =>
  PERMISSION_GROUPS.filter((group) => group.scope === scope).map(({ name }) => name);

/** Every call that is emulated has one entry here; a test says which has none. */
export const DEMANDS: readonly Demand[] = [
  account(["GET"], [`${A}/workers/scripts`, SCRIPT, `${SCRIPT}/content/v2`], SCRIPT_READ),
  account(["GET"], [`${SCRIPT}/settings`, `${SCRIPT}/script-settings`, `${SCRIPT}/usage-model`], SCRIPT_READ),
  account(["GET"], [`${SCRIPT}/secrets`, `${SCRIPT}/subdomain`], SCRIPT_READ),
  account(["GET"], [`${SCRIPT}/versions`, `${SCRIPT}/versions/:version`], SCRIPT_READ),
  account(["GET"], [`${SCRIPT}/deployments`, `${SCRIPT}/deployments/:deployment`], SCRIPT_READ),
  account(["GET"], [`${SCRIPT}/schedules`, `${A}/workers/subdomain`], SCRIPTS_READ),
  account(["GET"], [`${SCRIPT}/tails`], ["Workers Tail Read", "Workers Scripts Write"]),
  account(["PUT", "DELETE"], [SCRIPT], SCRIPT_WRITE),
  account(["PUT"], [`${SCRIPT}/content`, `${SCRIPT}/usage-model`, `${SCRIPT}/secrets`], SCRIPT_WRITE),
  account(["PATCH"], [`${SCRIPT}/settings`, `${SCRIPT}/script-settings`], SCRIPT_WRITE),
  account(["DELETE"], [`${SCRIPT}/secrets/:secret`, `${SCRIPT}/subdomain`], SCRIPT_WRITE),
  account(["PUT"], [`${SCRIPT}/schedules`], SCRIPT_WRITE),
  account(["POST"], [`${SCRIPT}/subdomain`, `${SCRIPT}/versions`, `${SCRIPT}/deployments`], SCRIPT_WRITE),
  account(["GET"], [`${A}/workers/domains`, `${A}/workers/domains/:domain`], SCRIPTS_READ),
  account(["PUT"], [`${A}/workers/domains`], SCRIPT_WRITE),
  account(["DELETE"], [`${A}/workers/domains/:domain`], SCRIPT_WRITE),

  account(["GET"], [`${SCRIPT}/secrets/:secret`], SCRIPT_READ, "not documented; that of the list of secrets"),
  account(["PATCH"], [`${SCRIPT}/secrets-bulk`], SCRIPT_WRITE, "not documented; that of a single secret"),
  account(["GET"], [`${SCRIPT}/content`, SERVICE], SCRIPT_READ, OLDER),
  account(["GET"], [`${SCRIPT}/references`, `${A}/workers/tails/by-consumer/:script`], SCRIPT_READ, OLDER),
  account(["GET"], [`${SERVICE}/environments/:environment`], SCRIPT_READ, OLDER),
  account(["GET"], [`${SERVICE}/environments/:environment/bindings`], SCRIPT_READ, OLDER),
  account(["GET"], [`${SERVICE}/environments/:environment/content/v2`], SCRIPT_READ, OLDER),
  account(["GET"], [`${SERVICE}/environments/:environment/routes`], SCRIPT_READ, OLDER),
  account(["GET"], [`${SERVICE}/environments/:environment/subdomain`], SCRIPT_READ, OLDER),
  account(["DELETE"], [SERVICE], SCRIPT_WRITE, OLDER),
  account(
    ["GET"],
    [`${A}/workers/domains/records`, `${A}/workers/domains/records/:domain`],
    SCRIPTS_READ,
    OLDER,
  ),
  account(["POST"], [`${SCRIPT}/domains/changeset`], SCRIPT_WRITE, OLDER),
  account(["PUT"], [`${SCRIPT}/domains/records`], SCRIPT_WRITE, OLDER),
  {
    methods: ["PUT"],
    paths: [`${SCRIPT}/routes`],
    any: ROUTES_WRITE,
    on: "every-zone",
    source: "wrangler, which goes on zone by zone where its token is not for all of them",
  },

  account(["GET"], [KV, `${KV}/:namespace`, `${KV}/:namespace/keys`], KV_READ),
  account(["GET"], [`${KV}/:namespace/values/:key`, `${KV}/:namespace/metadata/:key`], KV_READ),
  account(["POST"], [`${KV}/:namespace/bulk/get`], KV_READ),
  account(["POST"], [KV, `${KV}/:namespace/bulk/delete`], KV_WRITE),
  account(["PUT", "DELETE"], [`${KV}/:namespace`, `${KV}/:namespace/values/:key`], KV_WRITE),
  account(["PUT", "DELETE"], [`${KV}/:namespace/bulk`], KV_WRITE),

  account(["GET"], [`${A}/secrets_store/stores`, STORE, `${STORE}/secrets`], SECRETS_READ),
  account(["GET"], [`${STORE}/secrets/:secret`], SECRETS_READ),
  account(["POST"], [`${A}/secrets_store/stores`, `${STORE}/secrets`], SECRETS_WRITE),
  account(["DELETE"], [STORE, `${STORE}/secrets`, `${STORE}/secrets/:secret`], SECRETS_WRITE),
  account(["PATCH"], [`${STORE}/secrets/:secret`], SECRETS_WRITE),

  zone(["GET"], ["/zones/:zone/workers/routes", "/zones/:zone/workers/routes/:route"], ROUTES_READ),
  zone(["POST"], ["/zones/:zone/workers/routes"], ROUTES_WRITE),
  zone(["PUT", "DELETE"], ["/zones/:zone/workers/routes/:route"], ROUTES_WRITE),
  zone(["GET"], ["/zones/:zone/dns_records"], ["DNS Read", "DNS Write"]),
  // The documentation has a long list: every permission on a zone lets its details be read.
  zone(["GET"], ["/zones/:zone"], inScope("zone")),
  {
    methods: ["GET"],
    paths: ["/zones"],
    any: ["Zone Read", "Zone Write"],
    on: "some-zone",
    source: DOCUMENTED,
  },

  user(["GET"], ["/user"], ["User Details Read", "User Details Write"]),
  user(["GET"], ["/memberships"], ["Memberships Read", "Memberships Write"]),
  user(["GET"], ["/user/tokens", "/user/tokens/:token"], ["API Tokens Read", "API Tokens Write"]),
  user(["GET"], ["/user/tokens/permission_groups"], ["API Tokens Read", "API Tokens Write"]),
  user(["POST"], ["/user/tokens"], ["API Tokens Write"]),
  user(["PUT", "DELETE"], ["/user/tokens/:token"], ["API Tokens Write"]),
  user(["PUT"], ["/user/tokens/:token/value"], ["API Tokens Write"]),
  user(["GET"], ["/user/tokens/verify"], []),

  // The documentation has a long list: every permission on an account lets its details be read.
  account(["GET"], [A], inScope("account")),
  account(
    ["GET"],
    [`${A}/tokens`, `${A}/tokens/:token`],
    ["Account API Tokens Read", "Account API Tokens Write"],
  ),
  account(
    ["GET"],
    [`${A}/tokens/permission_groups`],
    ["Account API Tokens Read", "Account API Tokens Write"],
  ),
  account(["POST"], [`${A}/tokens`], ["Account API Tokens Write"]),
  account(["PUT", "DELETE"], [`${A}/tokens/:token`], ["Account API Tokens Write"]),
  account(["PUT"], [`${A}/tokens/:token/value`], ["Account API Tokens Write"]),
  account(["GET"], [`${A}/tokens/verify`], []),
  account(["GET"], [`${A}/subscriptions`], ["Billing Read", "Billing Write"]),
  user(["GET"], ["/accounts"], [], "not documented; it shows the accounts that a token is for"),
];

const byCall = new Map(
  DEMANDS.flatMap((demand) =>
    demand.methods.flatMap((method) => demand.paths.map((path) => [`${method} ${path}`, demand] as const)),
  ),
);

/** What a call needs, by its route; undefined for a route without an entry. */
export function demandOf(method: string, path: string): Demand | undefined {
  return byCall.get(`${method} ${path}`);
}

type Entry = (
  methods: readonly string[],
  paths: readonly string[],
  any: readonly PermissionName[],
  source?: string,
) => Demand;

function entryOn(on: DemandedOn): Entry {
  return (methods, paths, any, source = DOCUMENTED) => ({ methods, paths, any, on, source });
}

function account(...entry: Parameters<Entry>): Demand {
  return entryOn("account")(...entry);
}

function zone(...entry: Parameters<Entry>): Demand {
  return entryOn("zone")(...entry);
}

function user(...entry: Parameters<Entry>): Demand {
  return entryOn("user")(...entry);
}
