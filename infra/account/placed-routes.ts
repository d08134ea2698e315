import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import type { RouteSpec } from "../specification/specification.ts";
import type { CloudflareAccess } from "./read-api.ts";
import { zoneIdOf, zoneRoutes } from "./routes-of-zones.ts";
import { writeApi } from "./write-api.ts";

/** A route, and the zone that it is in. */
export interface PlacedRoute extends ZoneRoute {
  readonly zoneId: string;
}

/** Every route of these zones. @throws UserError when Cloudflare does not tell. */
export async function placedRoutes(
  zones: readonly RouteSpec["zone"][],
  access: CloudflareAccess,
): Promise<readonly PlacedRoute[]> {
  const ids = new Set(await Promise.all(zones.map((zone) => zoneIdOf(zone, access))));
  const found = await Promise.all(
    [...ids].map(async (zoneId) =>
      (await zoneRoutes({ id: zoneId }, access)).map((route) => ({ ...route, zoneId })),
    ),
  );
  return found.flat();
}

/**
 * Lets a route lead to a Worker, or to none. Its id stays.
 *
 * @throws WriteRefused when Cloudflare does not confirm it.
 */
export async function writeRoute(
  { zoneId, id, pattern, script }: PlacedRoute,
  access: CloudflareAccess,
): Promise<void> {
  await writeApi(`/zones/${encodeURIComponent(zoneId)}/workers/routes/${encodeURIComponent(id)}`, access, {
    method: "PUT",
    body: JSON.stringify({ pattern, ...(script !== undefined && { script }) }),
    contentType: "application/json",
  });
}

/** Makes a route. @throws WriteRefused when Cloudflare does not confirm it. */
export async function makeRoute(
  { zoneId, pattern, script }: Omit<PlacedRoute, "id">,
  access: CloudflareAccess,
): Promise<void> {
  await writeApi(`/zones/${encodeURIComponent(zoneId)}/workers/routes`, access, {
    method: "POST",
    body: JSON.stringify({ pattern, ...(script !== undefined && { script }) }),
    contentType: "application/json",
  });
}
