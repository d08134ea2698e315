import { zoneRoutes } from "../account/routes-of-zones.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { patternOf } from "../cloudflare/route-pattern.ts";
import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import { UserError } from "../errors/user-error.ts";
import { ownerOf, type RouteConflict, routeConflicts } from "../plan/route-conflicts.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { scriptOf } from "../specification/with-switches.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { SeenZone } from "./zone-check.ts";

/** Routes of other Workers on the environment's patterns, and the other way round. */
export async function checkRoutes(
  spec: Pick<ConnectorSpec, "routes" | "worker">,
  zones: readonly SeenZone[],
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  const { ok, notTried } = findingsOf("routes");
  const found: ZoneRoute[] = [];
  for (const { id, name } of zones) {
    try {
      found.push(...(await zoneRoutes({ id }, access)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [
        notTried(
          `routes of other Workers in ${name}: ${error.message}`,
          "give the token the permission, then run this again",
        ),
      ];
    }
  }
  if (zones.length === 0) return [notTried("routes of other Workers: no zone was seen")];
  const conflicts = conflictsOf(spec, found);
  if (conflicts.length === 0)
    return [ok("no route of another Worker is in the way of ours, nor ours in its way")];
  return conflicts.map(findingOf);
}

function conflictsOf(
  { routes, worker }: Pick<ConnectorSpec, "routes" | "worker">,
  found: readonly ZoneRoute[],
): readonly RouteConflict[] {
  const isOurs = ({ pattern, script }: ZoneRoute) =>
    script === worker.name ||
    routes.some((own) => scriptOf(own, worker.name) === script && textOf(own.pattern) === textOf(pattern));
  const ours = new Set(found.filter(isOurs).map(({ pattern }) => textOf(pattern)));
  const own = routes.map(({ kind, pattern }) => ({ kind, pattern, isThere: ours.has(textOf(pattern)) }));
  return routeConflicts(
    own,
    found.filter((route) => !isOurs(route)),
  );
}

function textOf(pattern: string): string {
  return patternOf(pattern)?.text ?? pattern;
}

function findingOf(conflict: RouteConflict): Finding {
  const { warning, problem } = findingsOf("routes");
  const { kind, ours, theirs } = conflict;
  const owner = ownerOf(conflict);
  switch (kind) {
    case "exists":
      return problem(
        `the route ${ours} exists and goes to ${owner}: a deploy is refused (code 10020), or would take the site from it`,
        "ask the owner; delete that route, or protect another pattern",
      );
    case "takes-from-us":
      return problem(
        `the route ${theirs} goes to ${owner} and takes pages from ${ours}: those never queue`,
        "ask the owner; delete that route, or protect its pattern too",
      );
    case "takes-from-them":
      return warning(
        `the route ${ours} will take pages from ${owner}, which answers ${theirs} now`,
        "ask the owner whether these pages can do without it, or protect fewer paths",
      );
  }
}
