import { asciiHostname } from "../../cloudflare/hostname.ts";
import type { Target } from "../../specification/target.ts";
import type { RoutedSites } from "./environment-pages.ts";

/** What of an environment says which pages there are. */
export function routedSites({ named, spec }: Target): RoutedSites {
  const { sites, coverage } = named.environment;
  return { hostnames: sites.map(({ hostname }) => asciiHostname(hostname)), routes: spec.routes, coverage };
}
