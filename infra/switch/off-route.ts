import { CHAINED_WORKER_BINDING } from "../../worker/deployment/variables.ts";
import type { PlacedRoute } from "../account/placed-routes.ts";
import type { SeenConnector } from "../account/read-switches.ts";

/** Name of the Worker behind the connector, which has its pages while the connector is off; undefined for none. */
export function workerBehind({ bindings }: Pick<SeenConnector, "bindings">): string | undefined {
  return bindings?.find(({ type, name }) => type === "service" && name === CHAINED_WORKER_BINDING)?.service;
}

/**
 * What a protected route becomes while its site is off: one that leads to the Worker behind the connector, or to none.
 * Its id and pattern stay.
 */
export function offRoute(route: PlacedRoute, behind: string | undefined): PlacedRoute {
  return { ...route, script: behind };
}

/** Whether a route is as the switch leaves it, or somebody who takes it off in Cloudflare's dashboard. */
export function isOffRoute({ script }: Pick<PlacedRoute, "script">, behind: string | undefined): boolean {
  return script === undefined || script === behind;
}
