import { patternOf, type RoutePattern } from "../cloudflare/route-pattern.ts";
import type { AccountZone } from "../account/account-inventory.ts";
import type { AdoptedRoute, Site } from "../environments/environment.ts";

/** A route of a zone, and what it is to the Worker. */
interface PlacedRoute {
  readonly kind: "protect" | "bypass" | "other";
  readonly pattern: RoutePattern;
  readonly zone: AccountZone;
  readonly id: string;
  readonly script: string | undefined;
}

/** Routes that an environment does not take over, each with what it does. */
export interface LeftRoute {
  readonly pattern: string;
  readonly script: string | undefined;
  readonly why: "wildcard-host" | "other-worker";
}

export interface FoundSites {
  readonly sites: readonly Site[];
  readonly adopted: readonly AdoptedRoute[];
  readonly left: readonly LeftRoute[];
}

/**
 * The sites that a Worker's routes make, with the routes past it on the same hosts. A route for many hosts
 * (`*.example.com/*`) belongs to no site and stays outside, and so do routes of other Workers.
 */
export function sitesOfRoutes(worker: string, zones: readonly AccountZone[]): FoundSites {
  const placed = zones.flatMap((zone) => zone.routes.flatMap((route) => place(worker, zone, route)));
  const isOfWorker = ({ kind, pattern }: PlacedRoute) => kind === "protect" && !pattern.hostWildcard;
  const hosts = [...new Set(placed.filter(isOfWorker).map(({ pattern }) => pattern.host))].sort();
  const taken = placed.filter(
    ({ kind, pattern }) => kind !== "other" && !pattern.hostWildcard && hosts.includes(pattern.host),
  );
  return {
    sites: hosts.map((host) => siteOf(host, taken)),
    adopted: taken.map(({ pattern, zone, id }) => ({ pattern: pattern.text, id: `${zone.id}/${id}` })),
    left: placed.flatMap((route) => leftRoute(route, hosts)),
  };
}

/** Nothing for a route that is taken over, or has nothing to do with the hosts of the sites. */
function leftRoute(
  { kind, pattern: { text, host, hostWildcard }, script }: PlacedRoute,
  hosts: readonly string[],
): readonly LeftRoute[] {
  const isNear = hostWildcard ? hosts.some((other) => other.endsWith(host)) : hosts.includes(host);
  if (kind === "other") return isNear ? [{ pattern: text, script, why: "other-worker" }] : [];
  if (!hostWildcard || (kind === "bypass" && !isNear)) return [];
  return [{ pattern: text, script, why: "wildcard-host" }];
}

function place(
  worker: string,
  zone: AccountZone,
  { id, pattern: text, script }: AccountZone["routes"][number],
): readonly PlacedRoute[] {
  const pattern = patternOf(text);
  if (pattern === undefined) return [];
  const kind = script === undefined ? "bypass" : script === worker ? "protect" : "other";
  return [{ kind, pattern, zone, id, script }];
}

function siteOf(host: string, routes: readonly PlacedRoute[]): Site {
  const own = routes.filter(({ pattern }) => pattern.host === host);
  const entries = (kind: PlacedRoute["kind"]) =>
    own.filter((route) => route.kind === kind).map(({ pattern }) => entryOf(host, pattern));
  const bypass = entries("bypass");
  const [first] = own;
  if (first === undefined) throw new Error(`No route of ${host}.`);
  return {
    zoneId: first.zone.id,
    hostname: host,
    protect: entries("protect"),
    ...(bypass.length > 0 && { bypass }),
  };
}

/** The path alone where that says the whole pattern. */
function entryOf(host: string, { text }: RoutePattern): string {
  const path = text.slice(host.length);
  return text.startsWith(`${host}/`) && patternOf(host + path)?.text === text ? path : text;
}
