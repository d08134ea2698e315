import { settledSite } from "./settled.ts";
import type { SiteRoutes } from "../environment.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { patternOf, type RoutePattern } from "../../cloudflare/route-pattern.ts";

type RouteKind = "bypass" | "protect";

/** A route pattern of a site, and which entry of the site it comes from. */
export interface SitePattern {
  readonly kind: RouteKind;
  /** Place in the site's `bypass` or `protect`. */
  readonly index: number;
  readonly pattern: RoutePattern;
  /** The site's hostname in ASCII, as patterns have it. */
  readonly siteHostname: string;
}

/**
 * Route patterns of one site, bypasses first. An entry that begins with a slash is a path below the site's
 * hostname, any other a whole pattern. Entries that are no pattern are left out: the validation refuses them.
 */
export function expandSite(site: SiteRoutes): readonly SitePattern[] {
  const siteHostname = asciiHostname(site.hostname);
  const patterns = (kind: RouteKind, entries: readonly string[]) =>
    entries.flatMap((entry, index) => {
      const pattern = patternOf(entry.startsWith("/") ? site.hostname + entry : entry);
      return pattern === undefined ? [] : [{ kind, index, pattern, siteHostname }];
    });
  const { bypass, protect } = settledSite(site);
  return [...patterns("bypass", bypass), ...patterns("protect", protect)];
}
