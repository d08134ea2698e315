import type { NamedEnvironment } from "../../environments/environment.ts";
import { settled } from "../../environments/definition/settled.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import type { Route } from "../../plan/routing.ts";
import { routesOf } from "../../specification/routes-of.ts";

/** What an environment says that a configuration has to fit. */
export interface DeploymentFacts {
  readonly environment: string;
  /** Hosts of its sites and routes, in ASCII. */
  readonly hosts: readonly string[];
  /** Whether a route matches hosts that are not named. */
  readonly hasHostWildcard: boolean;
  readonly routes: readonly Route[];
  /** Whether the Worker can ask how often a queue id was used. */
  readonly countsUses: boolean;
  /** Characters of a body that the Worker reads. */
  readonly bodyLimit: number;
}

/** The facts of an environment. */
export function deploymentFacts({ name, environment }: NamedEnvironment): DeploymentFacts {
  const { sites, queueIt } = settled({ name, environment });
  const routes = sites.flatMap(routesOf);
  const patterns = routes.flatMap(({ pattern }) => patternOf(pattern) ?? []);
  const named = patterns.filter(({ hostWildcard }) => !hostWildcard).map(({ host }) => host);
  return {
    environment: name,
    hosts: [...new Set([...sites.map(({ hostname }) => asciiHostname(hostname)), ...named])],
    hasHostWildcard: patterns.some(({ hostWildcard }) => hostWildcard),
    routes,
    countsUses: queueIt.verifyAction !== undefined,
    bodyLimit: queueIt.requestBodyLimit,
  };
}
