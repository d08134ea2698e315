import pRetry from "p-retry";
import { z } from "zod";
import type { RouteSpec } from "../connector/specification.ts";
import { UserError } from "../errors.ts";

export interface CloudflareAccess {
  /** Base URL of the management API. */
  readonly baseUrl: string;
  /** A token that may read the routes of the zones. */
  readonly token: string;
}

/** A route of a zone, whoever made it. */
export interface ZoneRoute {
  readonly id: string;
  readonly pattern: string;
  /** Undefined for a bypass. */
  readonly script: string | undefined;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 4;

const zonesSchema = z.object({ result: z.array(z.object({ id: z.string() })) });
const routesSchema = z.object({
  result: z.array(z.object({ id: z.string(), pattern: z.string(), script: z.string().nullish() })),
});

/** Every route of a zone. @throws UserError when Cloudflare does not tell. */
export async function zoneRoutes(
  zone: RouteSpec["zone"],
  access: CloudflareAccess,
): Promise<readonly ZoneRoute[]> {
  const id = "id" in zone ? zone.id : await idOf(zone.name, access);
  const { result } = await get(`/zones/${encodeURIComponent(id)}/workers/routes`, access, routesSchema);
  return result.map(({ id: routeId, pattern, script }) => ({
    id: routeId,
    pattern,
    script: script ?? undefined,
  }));
}

async function idOf(name: string, access: CloudflareAccess): Promise<string> {
  const { result } = await get(`/zones?name=${encodeURIComponent(name)}`, access, zonesSchema);
  const [first] = result;
  if (first !== undefined) return first.id;
  throw new UserError(
    "zone-unknown",
    `The token sees no zone ${name}. Check zoneName, and what the token may read.`,
  );
}

/** Another attempt may be answered. */
class Busy extends Error {}

async function get<T>(path: string, { baseUrl, token }: CloudflareAccess, schema: z.ZodType<T>): Promise<T> {
  try {
    return await pRetry(
      async () => {
        const response = await fetch(`${baseUrl}${path}`, {
          headers: { authorization: `Bearer ${token}` },
          redirect: "manual",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return checked(path, await response.text(), schema);
        await response.body?.cancel();
        if (response.status === 429 || response.status >= 500) throw new Busy(String(response.status));
        throw refused(path, String(response.status));
      },
      { retries: RETRIES, minTimeout: 500, shouldRetry: ({ error }) => error instanceof Busy },
    );
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refused(path, error instanceof Busy ? error.message : "nothing");
  }
}

function checked<T>(path: string, body: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    throw refused(path, "something that is not its API's");
  }
}

function refused(path: string, answer: string): UserError {
  return new UserError(
    "cloudflare-routes",
    `Cloudflare answered ${answer} to ${path.split("?", 1)[0] ?? path}. The token has to be allowed to read the routes of the ` +
      "environment's zones (Zone · Workers Routes · Read).",
  );
}
