import { z } from "zod";
import { zoneSpelling } from "../../../cloudflare/hostname.ts";
import type { LocalAccount } from "../../cloudflare/account/account.ts";
import type { Values } from "./values.ts";

/** Terraform's name of the look-up of a zone by its name. */
export const ZONE = "cloudflare_zone";

export const zoneSchema = z.strictObject({ filter: z.looseObject({ name: z.string() }) });

/** What a look-up gives, or what it looks for in vain. */
export type Found =
  { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly missing: string };

/** Finds a zone of the account by its name. */
export function findZone(account: LocalAccount, attributes: unknown): Found {
  const { name } = zoneSchema.parse(attributes).filter;
  const zone = account.zones.find((candidate) => zoneSpelling(candidate.name) === name.toLowerCase());
  if (zone === undefined) return { ok: false, missing: `the zone ${name}` };
  return { ok: true, values: { id: zone.id, zone_id: zone.id, name } };
}
