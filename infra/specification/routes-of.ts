import { zoneSpelling } from "../cloudflare/hostname.ts";
import { expandSite } from "../environments/definition/site-patterns.ts";
import type { Site } from "../environments/environment.ts";
import type { RouteSpec } from "./specification.ts";

/** Routes of one site as Cloudflare writes patterns, so that it answers with what it was sent. */
export function routesOf(site: Site): readonly RouteSpec[] {
  const zone = site.zoneId === undefined ? { name: zoneSpelling(site.zoneName) } : { id: site.zoneId };
  return expandSite(site).map(({ kind, pattern, worker }) => ({
    kind,
    pattern: pattern.text,
    zone,
    ...(worker !== undefined && { worker }),
  }));
}
