import { type AccountZone, visibleAccounts, visibleZones } from "../account/account-inventory.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { UserError } from "../errors/user-error.ts";

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the token sees, or why it does not tell. */
export type Seen<Item> =
  { readonly ok: true; readonly items: readonly Item[] } | { readonly ok: false; readonly why: string };

/** The accounts that the token sees. @param access Or why there is none. */
export function seenAccounts(access: CloudflareAccess | string): Promise<Seen<Named>> {
  return seen(access, visibleAccounts);
}

/** The zones of an account that the token sees. @param access Or why there is none. */
export function seenZones(access: CloudflareAccess | string, accountId: string): Promise<Seen<Named>> {
  return seen(access, (token) => visibleZones(accountId, token));
}

async function seen<Item>(
  access: CloudflareAccess | string,
  read: (access: CloudflareAccess) => Promise<readonly Item[]>,
): Promise<Seen<Item>> {
  if (typeof access === "string") return { ok: false, why: `${access}.` };
  try {
    return { ok: true, items: await read(access) };
  } catch (error) {
    // What the token may not read does not have to be checked: the plan reads it again.
    if (error instanceof UserError) return { ok: false, why: error.message };
    throw error;
  }
}

/** The zone that a hostname is in: the one with the longest name. */
export function zoneOfHost<Zone extends Pick<AccountZone, "name">>(
  hostname: string,
  zones: readonly Zone[],
): Zone | undefined {
  const host = asciiHostname(hostname);
  return zones
    .filter(({ name }) => isInZone(host, name))
    .sort((a, b) => asciiHostname(b.name).length - asciiHostname(a.name).length)[0];
}

function isInZone(host: string, zone: string): boolean {
  const name = asciiHostname(zone);
  return name !== "" && (host === name || host.endsWith(`.${name}`));
}
