import { domainToASCII } from "node:url";
import type { DraftSite } from "../draft.ts";
import { errorAt, type Finding } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** A site has one zone, and its hostname is in it. */
export const zones: Rule = ({ sites }) =>
  sites.flatMap((site, index) => (site === undefined ? [] : zonesOf(site, `sites[${index}]`)));

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
  const zone = domainToASCII(zoneName);
  const host = domainToASCII(hostname);
  if (host === zone || host.endsWith(`.${zone}`)) return [];
  const what = `is outside its zone ${zone}`;
  const remedy = `use a hostname in ${zone}, or name its own zone`;
  return [errorAt(`${path}.hostname`, "hostname-outside-zone", hostname, what, remedy)];
}
