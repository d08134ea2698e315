import { settledSite } from "./settled.ts";
import type { BypassEntry, SiteRoutes } from "../environment.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { patternOf, type RoutePattern } from "../../cloudflare/route-pattern.ts";

type RouteKind = "bypass" | "protect";

/** A route pattern of a site, and which entry of the site it comes from. */
export interface SitePattern {
  readonly kind: RouteKind;
  /** Place in the site's `bypass` or `protect`. */
  readonly index: number;
  readonly pattern: RoutePattern;
  /** Name of the other Worker that a bypass goes to; undefined for the origin. */
  readonly worker: string | undefined;
  /** The site's hostname in ASCII, as patterns have it. */
  readonly siteHostname: string;
}

/**
 * Route patterns of one site, bypasses first. An entry that begins with a slash is a path below the site's
 * hostname, any other a whole pattern. Entries that are no pattern are left out: the validation refuses them.
 */
export function expandSite(site: SiteRoutes): readonly SitePattern[] {
  const siteHostname = asciiHostname(site.hostname);
  const patterns = (kind: RouteKind, entries: readonly BypassEntry[]) =>
    entries.flatMap((entry, index) => {
      const { pattern: text, worker } = bypassParts(entry);
      const pattern = patternOf(text.startsWith("/") ? site.hostname + text : text);
      return pattern === undefined ? [] : [{ kind, index, pattern, worker, siteHostname }];
    });
  const { bypass, protect } = settledSite(site);
  return [...patterns("bypass", bypass), ...patterns("protect", protect)];
}

/** The two parts of an entry: its path or pattern, and the Worker that it names. */
export function bypassParts(entry: BypassEntry): {
  readonly pattern: string;
  readonly worker: string | undefined;
} {
  return typeof entry === "string" ? { pattern: entry, worker: undefined } : entry;
}
