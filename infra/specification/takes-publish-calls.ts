import { readRoutes, winnerOf } from "../cloudflare/route-table.ts";
import type { ConnectorSpec, RouteSpec } from "./specification.ts";
import { scriptOf } from "./with-switches.ts";

/** Whether Cloudflare gives an address to the Worker. */
export function isProtected(routes: readonly RouteSpec[], url: string): boolean {
  const route = winnerOf(readRoutes(routes), new URL(url))?.route;
  return route !== undefined && scriptOf(route, true) === true;
}

/** Whether the routes of the environment hand a publish call to its Worker, once they are all there. */
export function takesPublishCalls({
  publishUrl,
  routes,
}: Pick<ConnectorSpec, "publishUrl" | "routes">): boolean {
  return isProtected(routes, publishUrl);
}
