import { z } from "zod";
import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import type { RouteSpec } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import { type CloudflareAccess, readApi } from "./read-api.ts";

const PERMISSION = "read the routes of the environment's zones (Zone · Workers Routes · Read)";

const zonesSchema = z.object({ result: z.array(z.object({ id: z.string() })) });
const routesSchema = z.object({
  result: z.array(z.object({ id: z.string(), pattern: z.string(), script: z.string().nullish() })),
});

/** Every route of a zone. @throws UserError when Cloudflare does not tell. */
export async function zoneRoutes(
  zone: RouteSpec["zone"],
  access: CloudflareAccess,
): Promise<readonly ZoneRoute[]> {
  const id = await zoneIdOf(zone, access);
  const { result } = await readApi(
    `/zones/${encodeURIComponent(id)}/workers/routes`,
    access,
    PERMISSION,
    routesSchema,
  );
  return result.map(({ id: routeId, pattern, script }) => ({
    id: routeId,
    pattern,
    script: script ?? undefined,
  }));
}

/** Every route of the zones that an environment has routes in. @throws UserError when Cloudflare does not tell. */
export async function routesInZones(
  { routes }: { readonly routes: readonly RouteSpec[] },
  access: CloudflareAccess,
): Promise<readonly ZoneRoute[]> {
  const zones = new Map(routes.map(({ zone }) => [JSON.stringify(zone), zone]));
  return (await Promise.all([...zones.values()].map((zone) => zoneRoutes(zone, access)))).flat();
}

/** @throws UserError when Cloudflare does not tell. */
export async function zoneIdOf(zone: RouteSpec["zone"], access: CloudflareAccess): Promise<string> {
  if ("id" in zone) return zone.id;
  const { name } = zone;
  const path = `/zones?name=${encodeURIComponent(name)}`;
  const { result } = await readApi(path, access, PERMISSION, zonesSchema);
  const [first] = result;
  if (first !== undefined) return first.id;
  throw new UserError(
    "zone-unknown",
    `The token cannot see a zone named ${name}. Check zoneName, and what the token is allowed to read.`,
  );
}
