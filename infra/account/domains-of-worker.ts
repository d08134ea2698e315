import { z } from "zod";
import { type CloudflareAccess, readApi } from "./read-api.ts";
import type { NamedWorker } from "./worker-bindings.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

const domains = z.object({
  result: z.array(z.object({ hostname: z.string(), service: z.string().nullish() })),
});

/** Hosts whose every page goes to a Worker without a route. @throws UserError when Cloudflare does not tell. */
export async function domainsOfWorker(
  { accountId, worker }: NamedWorker,
  access: CloudflareAccess,
): Promise<readonly string[]> {
  const path = `/accounts/${encodeURIComponent(accountId)}/workers/domains?service=${encodeURIComponent(worker)}`;
  const { result } = await readApi(path, access, PERMISSION, domains);
  return result.filter(({ service }) => service === worker).map(({ hostname }) => hostname);
}
