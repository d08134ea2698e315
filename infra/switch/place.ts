import type { ConnectorPlace, SeenConnector } from "../account/read-switches.ts";
import type { PlacedRoute } from "../account/placed-routes.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { UserError } from "../errors/user-error.ts";
import type { RouteSpec } from "../specification/specification.ts";
import { type FailureMode, hostOf } from "../specification/switches.ts";

/** A connector that is switched: of an environment, or named by its account, zones and Worker alone. */
export interface SwitchPlace extends ConnectorPlace {
  /** What is typed to confirm: the environment's name, or else the Worker's. */
  readonly name: string;
  /** Words that name it on a command line. */
  readonly words: string;
  /** What its environment says; undefined where none is known. */
  readonly environment:
    | {
        readonly name: string;
        readonly failure: FailureMode;
        /** Of its sites, in ASCII. */
        readonly hostnames: readonly string[];
        readonly routes: readonly Pick<RouteSpec, "kind" | "pattern" | "worker">[];
        /** Hosts of the protected patterns of each site, by its hostname. */
        readonly hostsOf: ReadonlyMap<string, readonly string[]>;
      }
    | undefined;
}

/**
 * The hosts that a site consists of, by which its routes are switched.
 *
 * @param site Hostname of a site, or the host of route patterns, perhaps with its *. Undefined: all.
 * @param known Hosts that there is something to switch at.
 * @throws UserError that lists them where the site is none of these.
 */
export function hostsOfSite(
  { environment, name, words }: SwitchPlace,
  site: string | undefined,
  known: readonly string[],
): readonly string[] {
  const all = [...new Set(known)].sort();
  if (site === undefined) return all;
  const wildcard = site.startsWith("*") ? "*" : "";
  const host = wildcard + asciiHostname(site.slice(wildcard.length));
  const wanted = new Set([host, ...(environment?.hostsOf.get(host) ?? [])]);
  const found = all.filter((one) => wanted.has(one));
  if (found.length > 0) return found;
  throw new UserError(
    "switch-site-unknown",
    `${name} has no site ${JSON.stringify(site)} here to be switched, so nothing was changed. ` +
      `${all.length === 0 ? "There is none at all" : `There are: ${all.join(", ")}`}. ` +
      `See what is switched: npx queueit-cf switch status ${words}`,
  );
}

/** The routes that lead to the connector's Worker. */
export function leadingRoutes({ routes }: SeenConnector, { worker }: SwitchPlace): readonly PlacedRoute[] {
  return routes.filter(({ script }) => script === worker);
}

/** The hosts of routes. */
export function hostsOf(routes: readonly { readonly pattern: string }[]): readonly string[] {
  return [...new Set(routes.map(({ pattern }) => hostOf(pattern)))];
}
