import { z } from "zod";
import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import { UserError } from "../errors/user-error.ts";
import { type CloudflareAccess, readApi } from "./read-api.ts";
import { type Paging, readPages } from "./read-pages.ts";
import { zoneRoutes } from "./routes-of-zones.ts";

const ACCOUNTS = "see its account (any permission on the account)";
const ZONES = "read the account's zones (Zone · Zone · Read)";
const NAMESPACES = "read the account's KV namespaces (Account · Workers KV Storage · Read)";
const WORKERS = "read the account's Workers (Account · Workers Scripts · Read)";

/** 50 is the most for zones and accounts, by Cloudflare's documentation. */
const PAGING: Paging = { size: 50, most: 40 };
/** Zones between two lines that say how far it is. */
const PROGRESS_EVERY = 20;

export interface AccountZone {
  readonly id: string;
  readonly name: string;
  /** Every route, in Cloudflare's order. */
  readonly routes: readonly ZoneRoute[];
}

/** What an account has of everything that a connector consists of. */
export interface AccountInventory {
  readonly accountId: string;
  readonly zones: readonly AccountZone[];
  readonly workers: readonly AccountWorker[];
  readonly namespaces: readonly AccountNamespace[];
  /** Hosts whose every page goes to a Worker, without a route. */
  readonly domains: readonly CustomDomain[];
}

export interface CustomDomain {
  readonly hostname: string;
  /** Name of its Worker. */
  readonly worker: string;
}

export interface AccountWorker {
  readonly name: string;
  /** The tool that deployed it last, in Cloudflare's word, for example `wrangler` or `dash`. */
  readonly deployedFrom: string | undefined;
}

export interface AccountNamespace {
  readonly id: string;
  readonly title: string;
}

const accounts = z.object({ result: z.array(z.object({ id: z.string(), name: z.string() })) });
const zones = z.object({ result: z.array(z.object({ id: z.string(), name: z.string() })) });
const namespaces = z.object({ result: z.array(z.object({ id: z.string(), title: z.string() })) });
const domains = z.object({
  result: z.array(z.object({ hostname: z.string(), service: z.string().nullish() })),
});
const workers = z.object({
  result: z.array(z.object({ id: z.string(), last_deployed_from: z.string().nullish() })),
});

/**
 * Accounts that the token may see.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export function visibleAccounts(
  access: CloudflareAccess,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return allPages("/accounts", access, ACCOUNTS, accounts);
}

/**
 * Zones of an account that the token may see.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export function visibleZones(
  accountId: string,
  access: CloudflareAccess,
): Promise<readonly Pick<AccountZone, "id" | "name">[]> {
  return allPages(`/zones?account.id=${accountId}`, access, ZONES, zones);
}

/**
 * Everything of an account that a connector may consist of, without the contents.
 *
 * @param progress Gets a line now and then, for somebody who waits. Default: nobody is told.
 * @throws UserError when Cloudflare does not tell.
 */
export async function accountInventory(
  accountId: string,
  access: CloudflareAccess,
  progress: (line: string) => void = () => undefined,
): Promise<AccountInventory> {
  const account = `/accounts/${accountId}`;
  const [inZones, inNamespaces, { result: scripts }, { result: inDomains }] = await Promise.all([
    visibleZones(accountId, access),
    allPages(`${account}/storage/kv/namespaces`, access, NAMESPACES, namespaces),
    readApi(`${account}/workers/scripts`, access, WORKERS, workers),
    readApi(`${account}/workers/domains`, access, WORKERS, domains),
  ]);
  const withRoutes: AccountZone[] = [];
  for (const [index, { id, name }] of inZones.entries()) {
    if (index > 0 && index % PROGRESS_EVERY === 0)
      progress(`Read the routes of ${index} of ${inZones.length} zones …`);
    withRoutes.push({ id, name, routes: await zoneRoutes({ id }, access) });
  }
  return {
    accountId,
    zones: withRoutes,
    workers: scripts.map(({ id, last_deployed_from }) => ({
      name: id,
      deployedFrom: last_deployed_from ?? undefined,
    })),
    namespaces: inNamespaces,
    domains: inDomains.flatMap(({ hostname, service }) => (service ? [{ hostname, worker: service }] : [])),
  };
}

async function allPages<Item>(
  path: string,
  access: CloudflareAccess,
  permission: string,
  schema: z.ZodType<{ readonly result: readonly Item[] }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of readPages(path, access, permission, schema, PAGING)) {
    items.push(...page);
    if (page.length < PAGING.size) return items;
  }
  throw new UserError(
    "account-too-large",
    `Cloudflare lists more than ${PAGING.most * PAGING.size} objects at ${path.split("?", 1)[0] ?? path}, which is more ` +
      "than is read here. Use a token that sees only the zones of the connector.",
  );
}
