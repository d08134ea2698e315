import { patternOf, type RoutePattern } from "../cloudflare/route-pattern.ts";
import type { AccountZone } from "../account/account-inventory.ts";
import type { AdoptedRoute, BypassEntry, Site } from "../environments/environment.ts";

/** A route of a zone, and what it is to the Worker. */
interface PlacedRoute {
  readonly kind: "protect" | "bypass" | "other";
  readonly pattern: RoutePattern;
  /** The pattern as Cloudflare has it. */
  readonly written: string;
  readonly zone: AccountZone;
  readonly id: string;
  readonly script: string | undefined;
}

/** Routes that an environment does not take over, each with what it does. */
export interface LeftRoute {
  readonly pattern: string;
  readonly script: string | undefined;
  readonly why:
    "wildcard-host" | "wildcard-bypass" | "other-worker" | "unreadable" | "same-pattern" | "other-zone";
}

export interface FoundSites {
  readonly sites: readonly Site[];
  readonly adopted: readonly AdoptedRoute[];
  readonly left: readonly LeftRoute[];
  /** Patterns that the environment spells otherwise than Cloudflare has them. */
  readonly respelt: readonly { readonly from: string; readonly to: string }[];
  /** Routes of other Workers that become bypasses to these. */
  readonly others: readonly { readonly pattern: string; readonly script: string }[];
}

/**
 * The sites that a Worker's routes make, with the routes past it on the same hosts, to the origin or to other Workers. A
 * route for many hosts (`*.example.com/*`) belongs to no site and stays outside.
 */
export function sitesOfRoutes(worker: string, zones: readonly AccountZone[]): FoundSites {
  const placed = zones.flatMap((zone) => zone.routes.flatMap((route) => place(worker, zone, route)));
  const isOfWorker = ({ kind, pattern }: PlacedRoute) => kind === "protect" && !pattern.hostWildcard;
  const hosts = [...new Set(placed.filter(isOfWorker).map(({ pattern }) => pattern.host))].sort();
  const own = placed.filter(({ pattern }) => !pattern.hostWildcard && hosts.includes(pattern.host));
  const zoneOf = new Map(hosts.map((host) => [host, innermostZone(host, own)]));
  const inZone = own.filter(({ pattern, zone }) => zoneOf.get(pattern.host) === zone);
  const isFirst = (route: PlacedRoute) =>
    inZone.find(({ pattern }) => pattern.text === route.pattern.text) === route;
  const taken = inZone.filter(isFirst);
  return {
    others: taken.flatMap(({ kind, pattern, script }) =>
      kind === "other" && script !== undefined ? [{ pattern: pattern.text, script }] : [],
    ),
    sites: hosts.map((host) => siteOf(host, taken)),
    adopted: taken.map(({ pattern, zone, id }) => ({ pattern: pattern.text, id: `${zone.id}/${id}` })),
    left: [
      ...placed.flatMap((route) => leftRoute(route, hosts)),
      ...inZone
        .filter((route) => !isFirst(route))
        .map(({ written, script }) => ({ pattern: written, script, why: "same-pattern" as const })),
      ...own
        .filter((route) => !inZone.includes(route))
        .map(({ written, script }) => ({ pattern: written, script, why: "other-zone" as const })),
      ...zones.flatMap(({ routes }) => routes.flatMap((route) => unreadable(worker, route, hosts))),
    ],
    respelt: taken.flatMap(({ written, pattern }) =>
      // A pattern without a path means its root, which nobody has to be told.
      written === pattern.text || `${written}/` === pattern.text ? [] : [{ from: written, to: pattern.text }],
    ),
  };
}

/** Nothing for a route that is taken over, or has nothing to do with the hosts of the sites. */
function leftRoute(
  { kind, pattern: { text, host, hostWildcard }, script }: PlacedRoute,
  hosts: readonly string[],
): readonly LeftRoute[] {
  const isNear = hostWildcard ? hosts.some((other) => other.endsWith(host)) : hosts.includes(host);
  if (kind === "other" && hostWildcard) return isNear ? [{ pattern: text, script, why: "other-worker" }] : [];
  if (!hostWildcard || (kind === "bypass" && !isNear)) return [];
  return [{ pattern: text, script, why: kind === "bypass" ? "wildcard-bypass" : "wildcard-host" }];
}

/** A route that no environment can name: one of the Worker's, or one that may take pages of its sites. */
function unreadable(
  worker: string,
  { pattern, script }: AccountZone["routes"][number],
  hosts: readonly string[],
): readonly LeftRoute[] {
  if (patternOf(pattern) !== undefined) return [];
  const isNear = hosts.some((host) => pattern.toLowerCase().includes(host));
  return script === worker || isNear ? [{ pattern, script, why: "unreadable" }] : [];
}

function place(
  worker: string,
  zone: AccountZone,
  { id, pattern: written, script }: AccountZone["routes"][number],
): readonly PlacedRoute[] {
  const pattern = patternOf(written);
  if (pattern === undefined) return [];
  const kind = script === undefined ? "bypass" : script === worker ? "protect" : "other";
  return [{ kind, pattern, written, zone, id, script }];
}

/** Of two zones that have routes for a host, the one for more of its name, as in Cloudflare. */
function innermostZone(host: string, routes: readonly PlacedRoute[]): AccountZone | undefined {
  const zones = routes.filter(({ pattern }) => pattern.host === host).map(({ zone }) => zone);
  return zones.sort((a, b) => b.name.length - a.name.length)[0];
}

function siteOf(host: string, routes: readonly PlacedRoute[]): Site {
  const own = routes.filter(({ pattern }) => pattern.host === host);
  const ofKind = (kind: PlacedRoute["kind"]) => own.filter((route) => route.kind === kind);
  const entry = ({ pattern }: PlacedRoute): string => entryOf(host, pattern);
  const bypass: readonly BypassEntry[] = [
    ...ofKind("bypass").map(entry),
    ...ofKind("other").map((route) => ({ pattern: entry(route), worker: route.script ?? "" })),
  ];
  return {
    zoneId: own[0]?.zone.id ?? "",
    hostname: host,
    protect: ofKind("protect").map(entry),
    ...(bypass.length > 0 && { bypass }),
  };
}

/** The path alone where that says the whole pattern. */
function entryOf(host: string, { text }: RoutePattern): string {
  const path = text.slice(host.length);
  return text.startsWith(`${host}/`) && patternOf(host + path)?.text === text ? path : text;
}
