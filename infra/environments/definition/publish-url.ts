import { PUBLISH_PARAMETER } from "../../../worker/deployment/variables.ts";
import type { SiteRoutes } from "../environment.ts";
import { expandSite } from "./site-patterns.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { winnerOf } from "../../cloudflare/route-table.ts";

/**
 * Where Queue-it's platform publishes to: a protected address of the first site that has one, or the first
 * site's root.
 */
export function publishUrl(sites: readonly [SiteRoutes, ...SiteRoutes[]]): string {
  return publishAddress(sites) ?? `https://${asciiHostname(sites[0].hostname)}/?${PUBLISH_PARAMETER}`;
}

/**
 * The shortest address of the first site that has one which Cloudflare hands to the Worker even with a query
 * string. All sites have a say in that: a bypass of one may take addresses of another.
 */
export function publishAddress(sites: readonly SiteRoutes[]): string | undefined {
  const routes = sites.flatMap(expandSite);
  const addresses = sites.flatMap((site) =>
    expandSite(site)
      .filter(({ kind, pattern }) => kind === "protect" && !pattern.hostWildcard)
      .map(
        ({ pattern }) => `${pattern.scheme ?? "https"}://${pattern.host}${pattern.path}?${PUBLISH_PARAMETER}`,
      )
      .sort((a, b) => a.length - b.length),
  );
  return addresses.find((url) => winnerOf(routes, new URL(url))?.kind === "protect");
}
