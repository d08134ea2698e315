import type { DraftSite } from "../draft.ts";
import { errorAt, type Finding } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** A site has one zone, and its hostname is in it. */
export const zones: Rule = ({ sites, accountId }) =>
  sites.flatMap((site, index) => {
    if (site === undefined) return [];
    const path = `sites[${index}]`;
    return [...zonesOf(site, path), ...copiedId(site, path, accountId), ...foreignZone(site, path, sites)];
  });

function zonesOf({ hostname, zoneName, zonesWritten }: DraftSite, path: string): readonly Finding[] {
  if (zonesWritten === 0) {
    const remedy = "write zoneId, the id on the zone's overview page, or zoneName";
    return [errorAt(path, "zone-missing", undefined, "has no zone", remedy)];
  }
  if (zonesWritten === 2) {
    const remedy = "keep zoneId, remove zoneName";
    return [errorAt(path, "zone-twice", undefined, "has both zoneId and zoneName", remedy)];
  }
  if (hostname === undefined || zoneName === undefined) return [];
  if (hostname === zoneName || hostname.endsWith(`.${zoneName}`)) return [];
  const what = `is outside its zone ${zoneName}`;
  const remedy = `use a hostname in ${zoneName}, or name its own zone`;
  return [errorAt(`${path}.hostname`, "hostname-outside-zone", hostname, what, remedy)];
}

/** Account ids and zone ids look alike, and the dashboard shows both on one page. */
function copiedId({ zoneId }: DraftSite, path: string, accountId: string | undefined): readonly Finding[] {
  if (zoneId === undefined || zoneId !== accountId) return [];
  const remedy = "copy the zone id from the zone's overview page";
  return [errorAt(`${path}.zoneId`, "zone-id-is-account-id", zoneId, "is the id of the account", remedy)];
}

/** A zone has at least two labels, so that hostnames that differ in those are never in one zone. */
function foreignZone(
  { hostname, zoneId }: DraftSite,
  path: string,
  sites: readonly (DraftSite | undefined)[],
): readonly Finding[] {
  if (zoneId === undefined || hostname === undefined) return [];
  const first = sites.find((site) => site?.zoneId === zoneId && site.hostname !== undefined)?.hostname;
  if (first === undefined || lastLabels(first) === lastLabels(hostname)) return [];
  const what = `cannot be the zone of ${hostname}: ${first} is in it`;
  return [
    errorAt(`${path}.zoneId`, "zone-of-another-site", zoneId, what, "copy the id of this site's own zone"),
  ];
}

function lastLabels(hostname: string): string {
  return hostname.split(".").slice(-2).join(".");
}
