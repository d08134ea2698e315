import type { RouteSpec } from "../connector/specification.ts";
import type { Site } from "../environments/environment.ts";
import { parsePattern } from "./pattern.ts";

/**
 * The whole route pattern of an entry of `protect` or `bypass`: a path gets the site's hostname before it, a
 * whole pattern stays as it is.
 */
export function expandEntry(hostname: string, entry: string): string {
  return entry.startsWith("/") ? hostname + entry : entry;
}

/** Routes of one site, bypasses first, as Cloudflare writes patterns: what it answers is then what was sent. */
export function expandRoutes(site: Site): readonly RouteSpec[] {
  const zone = site.zoneId === undefined ? { name: site.zoneName } : { id: site.zoneId };
  const routes = (kind: RouteSpec["kind"], entries: readonly string[]) =>
    entries.map((entry) => ({ kind, pattern: canonical(expandEntry(site.hostname, entry)), zone }));
  return [...routes("bypass", site.bypass ?? []), ...routes("protect", site.protect ?? ["/*"])];
}

function canonical(text: string): string {
  const parsed = parsePattern(text);
  return parsed.ok ? parsed.pattern.text : text;
}
