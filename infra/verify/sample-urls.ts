import type { RouteSpec } from "../specification/specification.ts";
import type { RoutePattern } from "../cloudflare/route-pattern.ts";
import { readRoutes, winnerOf } from "../cloudflare/route-table.ts";

/** A route, and an address that Cloudflare gives to it. */
export interface SampledRoute {
  readonly kind: RouteSpec["kind"];
  readonly pattern: string;
  /** Undefined where no address is known that this route gets: other routes win, or the host is not known. */
  readonly url: string | undefined;
}

/**
 * An address for each route, to be tried on the deployed sites.
 *
 * @param hostnames Of the sites: hosts that are known to be there.
 * @param known Addresses that are known to be there, for routes that get none of the others. Default: none.
 */
export function sampleRoutes(
  routes: readonly RouteSpec[],
  hostnames: readonly string[],
  known: readonly string[] = [],
): readonly SampledRoute[] {
  const read = readRoutes(routes);
  return read.map(({ route: { kind }, pattern }) => ({
    kind,
    pattern: pattern.text,
    url: [...candidates(pattern, hostnames), ...known].find(
      (url) => winnerOf(read, new URL(url))?.pattern === pattern,
    ),
  }));
}

function candidates(pattern: RoutePattern, hostnames: readonly string[]): readonly string[] {
  const { scheme = "https", host, hostWildcard, path, pathWildcard } = pattern;
  const hosts = hostWildcard ? hostnames.filter((name) => name.endsWith(host)) : [host];
  const paths = pathWildcard ? [path, `${path}queueit-verify`] : [path];
  return hosts.flatMap((name) => paths.map((tail) => `${scheme}://${name}${tail}`));
}
