import { z } from "zod";
import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import type { ConnectorSpec, ExistingObjects } from "../specification/specification.ts";
import { type CloudflareAccess, readApi } from "./read-api.ts";
import { type Paging, readPages } from "./read-pages.ts";
import { zoneIdOf, zoneRoutes } from "./routes-of-zones.ts";

const PERMISSION = "read the account's KV namespaces and Workers, and the routes of the zones";

/** 20 pages are more namespaces than an account may have: 1,000. */
const PAGING: Paging = { size: 100, most: 20 };

const namespaces = z.object({ result: z.array(z.object({ id: z.string(), title: z.string() })) });
const keys = z.object({ result: z.array(z.object({ name: z.string() })) });
const scripts = z.object({ result: z.array(z.object({ id: z.string() })) });

/**
 * Looks for what a specification makes, by the names it has there. @throws UserError when Cloudflare does not
 * tell.
 */
export async function existingObjects(
  spec: Pick<ConnectorSpec, "accountId" | "namespace" | "worker" | "routes">,
  access: CloudflareAccess,
): Promise<ExistingObjects> {
  const account = `/accounts/${spec.accountId}`;
  const [namespaceId, workers, routes] = await Promise.all([
    namespaceIdOf(spec.namespace.title, `${account}/storage/kv/namespaces`, access),
    readApi(`${account}/workers/scripts`, access, PERMISSION, scripts),
    existingRoutes(spec, access),
  ]);
  const isNamedKey = ({ name }: { readonly name: string }) => name === CONFIGURATION_KEY;
  const held =
    namespaceId === undefined
      ? undefined
      : await readApi(
          `${account}/storage/kv/namespaces/${namespaceId}/keys?prefix=${CONFIGURATION_KEY}`,
          access,
          PERMISSION,
          keys,
        );
  return {
    namespaceId,
    hasConfiguration: held?.result.some(isNamedKey) ?? false,
    hasWorker: workers.result.some(({ id }) => id === spec.worker.name),
    routes,
  };
}

/** The id of the KV namespace of this title. @throws UserError when Cloudflare does not tell. */
export async function namespaceIdOf(
  title: string,
  path: string,
  access: CloudflareAccess,
): Promise<string | undefined> {
  for await (const page of readPages(path, access, PERMISSION, namespaces, PAGING)) {
    const found = page.find((namespace) => namespace.title === title);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

async function existingRoutes(
  { routes }: Pick<ConnectorSpec, "routes">,
  access: CloudflareAccess,
): Promise<ExistingObjects["routes"]> {
  const zones = new Map(routes.map(({ zone }) => [JSON.stringify(zone), zone]));
  const found = await Promise.all(
    [...zones.values()].map(async (zone) => {
      const zoneId = await zoneIdOf(zone, access);
      const inZone = await zoneRoutes({ id: zoneId }, access);
      return inZone.map(({ id, pattern }) => [pattern, { id, zoneId }] as const);
    }),
  );
  return new Map(found.flat());
}
