import type { CloudflareAccess } from "../account/read-api.ts";
import { routesInZones } from "../account/routes-of-zones.ts";
import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import { foreignRoutes } from "../plan/drift/foreign-routes.ts";
import { plainText } from "../plan/sentence.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { scriptOf } from "../specification/with-switches.ts";
import { patternOf } from "../cloudflare/route-pattern.ts";
import { type Check, check, CheckFailed, NotTried, reasonOf } from "./check.ts";

/**
 * The zones have every route of the environment, and none besides that takes pages from the waiting room: pages that
 * nobody promised are asked by nobody, and a route by hand, perhaps for http:// alone, opens them all the same.
 */
export function checkZones(
  spec: Pick<ConnectorSpec, "environment" | "routes" | "worker">,
  account: CloudflareAccess | string,
): Promise<Check> {
  return check({ name: "routes of the zones" }, async () => {
    if (typeof account === "string") throw new NotTried(account, READ_TOKEN);
    const found = await routesInZones(spec, account).catch((error: unknown) => {
      throw new NotTried(reasonOf(error), READ_TOKEN);
    });
    const [foreign, ...others] = foreignRoutes(spec, found);
    if (foreign !== undefined) {
      const more = others.length === 0 ? "" : `, and ${others.length} more like it`;
      throw new CheckFailed(`${plainText(foreign.sentence)}${more}`, foreign.remedy);
    }
    for (const route of spec.routes) {
      if (found.some((one) => isSame(one, route, spec.worker.name))) continue;
      const script = scriptOf(route, spec.worker.name);
      const to = script === undefined ? "that leads to no Worker" : `that leads to ${script}`;
      throw new CheckFailed(
        `the zone has no route ${route.pattern} ${to}`,
        `deploy again: npx queueit-cf deploy ${spec.environment}`,
      );
    }
    return `${spec.routes.length} as they were deployed, and no other takes pages from the waiting room`;
  });
}

const READ_TOKEN =
  "set CLOUDFLARE_API_TOKEN to a token that may read the routes of the zones (Zone · Workers Routes · Read), then verify again";

function isSame(
  { pattern, script }: ZoneRoute,
  route: ConnectorSpec["routes"][number],
  worker: string,
): boolean {
  const isSamePattern = patternOf(pattern)?.text === patternOf(route.pattern)?.text;
  return isSamePattern && script === scriptOf(route, worker);
}
