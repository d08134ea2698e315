import type { PlacedRoute } from "../account/placed-routes.ts";

/** What a protected route becomes while its site is off: one that leads to no Worker. Its id and pattern stay. */
export function offRoute(route: PlacedRoute): PlacedRoute {
  return { ...route, script: undefined };
}

/** Whether a route is as the switch leaves it. */
export function isOffRoute(route: Pick<PlacedRoute, "script">): boolean {
  return route.script === undefined;
}
