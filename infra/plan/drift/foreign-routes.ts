import type { ZoneRoute } from "../../cloudflare/zone-route.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import { readRoutes } from "../../cloudflare/route-table.ts";
import { sentence } from "../sentence.ts";
import { takenFrom } from "../route-conflicts.ts";
import { TYPES } from "../deployment.ts";
import type { Finding } from "./finding.ts";

/**
 * Routes that somebody made by hand and that take pages away from the waiting room. Terraform does not know
 * them; by Cloudflare's rules they win over the protected patterns all the same.
 */
export function foreignRoutes(
  { routes, worker }: Pick<ConnectorSpec, "routes" | "worker">,
  found: readonly ZoneRoute[],
): readonly Finding[] {
  const patterns = new Set(routes.map(({ pattern }) => pattern));
  const own = readRoutes(routes).map(({ route: { kind }, pattern }) => ({ kind, pattern }));
  return found.flatMap(({ id, pattern, script }): readonly Finding[] => {
    const foreign = script === worker.name ? undefined : patternOf(pattern);
    if (foreign !== undefined && patterns.has(foreign.text)) return [];
    const taken = foreign && takenFrom(foreign, own);
    if (taken === undefined) return [];
    const target = script ?? "no Worker";
    return [
      {
        kind: "drift",
        cause: "added",
        effect: "drift",
        type: TYPES.route,
        address: `route ${id}`,
        sentence: sentence`Route added outside Terraform: ${pattern} goes to ${target} and takes pages from ${taken.text}`,
        details: [],
        remedy:
          `delete the route ${pattern} in Cloudflare's dashboard (Workers Routes of the zone): Terraform does not know it, and ` +
          `a deploy leaves it alone`,
      },
    ];
  });
}
