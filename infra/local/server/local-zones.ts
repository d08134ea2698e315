import { createHash } from "node:crypto";
import type { Site } from "../../environments/environment.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import type { Zone } from "../cloudflare/account/model.ts";

/** The id of a zone that nobody gave one: the same in every run. */
export function zoneIdOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 32);
}

/** The zones an environment's sites are in, as an account that already has them. */
export function localZones(sites: readonly Site[]): readonly Zone[] {
  const byId = new Map<string, string>();
  for (const { zoneId, zoneName, hostname } of sites) {
    const name = asciiHostname(zoneName ?? hostname);
    const id = zoneId ?? zoneIdOf(name);
    const known = byId.get(id);
    byId.set(id, known === undefined ? name : commonParent(known, name));
  }
  return [...byId].map(([id, name]) => ({ id, name }));
}

/** The longest name that both are equal to or below: the zone of two sites that only give its id. */
function commonParent(a: string, b: string): string {
  const labelsOfB = b.split(".").reverse();
  const common: string[] = [];
  for (const [index, label] of a.split(".").reverse().entries()) {
    if (label !== labelsOfB[index]) break;
    common.unshift(label);
  }
  return common.join(".");
}
