import { createHash } from "node:crypto";
import type { RouteSpec } from "../specification/specification.ts";

/**
 * Name of a route in Terraform's addresses: readable, and made of the pattern alone, so that reordering
 * routes or adding one between others changes no address.
 */
export function routeName({ kind, pattern }: RouteSpec): string {
  return `${kind}_${slug(pattern)}_${fingerprint(pattern)}`;
}

/** Name of the look-up of a zone by its name. */
export function zoneLookupName(zone: string): string {
  return `zone_${slug(zone)}_${fingerprint(zone)}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, 48);
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
