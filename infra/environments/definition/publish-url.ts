import { PUBLISH_PARAMETER } from "../../../worker/deployment/variables.ts";
import type { SiteRoutes } from "../environment.ts";
import { expandSite } from "./site-patterns.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { winnerOf } from "../../cloudflare/route-table.ts";

/** Where Queue-it's platform publishes to: a protected address of the site, or its root if there is none. */
export function publishUrl(site: SiteRoutes): string {
  return publishAddress(site) ?? `https://${asciiHostname(site.hostname)}/?${PUBLISH_PARAMETER}`;
}

/** The shortest address of the site whose routes hand it to the Worker even with a query string. */
export function publishAddress(site: SiteRoutes): string | undefined {
  const routes = expandSite(site);
  return routes
    .filter(({ kind, pattern }) => kind === "protect" && !pattern.hostWildcard)
    .map(
      ({ pattern }) => `${pattern.scheme ?? "https"}://${pattern.host}${pattern.path}?${PUBLISH_PARAMETER}`,
    )
    .sort((a, b) => a.length - b.length)
    .find((url) => winnerOf(routes, new URL(url))?.kind === "protect");
}
