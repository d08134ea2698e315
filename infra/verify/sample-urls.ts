import type { RouteSpec } from "../specification/specification.ts";
import { parsePattern, type RoutePattern } from "../cloudflare/route-pattern.ts";
import { winnerOf } from "../cloudflare/route-table.ts";

/** A route, and an address that Cloudflare gives to it. */
export interface SampledRoute {
  readonly kind: RouteSpec["kind"];
  readonly pattern: string;
  /** Undefined where no address is known that this route gets: other routes win, or the host is not known. */
  readonly url: string | undefined;
}

interface ParsedRoute {
  readonly kind: RouteSpec["kind"];
  readonly pattern: RoutePattern;
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
  const parsed = parsedRoutes(routes);
  return parsed.map(({ kind, pattern }) => ({
    kind,
    pattern: pattern.text,
    url: [...candidates(pattern, hostnames), ...known].find(
      (url) => winnerOf(parsed, new URL(url))?.pattern === pattern,
    ),
  }));
}

/** Whether Cloudflare gives an address to the Worker. */
export function isProtected(routes: readonly RouteSpec[], url: string): boolean {
  return winnerOf(parsedRoutes(routes), new URL(url))?.kind === "protect";
}

function parsedRoutes(routes: readonly RouteSpec[]): readonly ParsedRoute[] {
  return routes.flatMap(({ kind, pattern }) => {
    const result = parsePattern(pattern);
    return result.ok ? [{ kind, pattern: result.pattern }] : [];
  });
}

function candidates(pattern: RoutePattern, hostnames: readonly string[]): readonly string[] {
  const { scheme = "https", host, hostWildcard, path, pathWildcard } = pattern;
  const hosts = hostWildcard ? hostnames.filter((name) => name.endsWith(host)) : [host];
  const paths = pathWildcard ? [path, `${path}queueit-verify`] : [path];
  return hosts.flatMap((name) => paths.map((tail) => `${scheme}://${name}${tail}`));
}
