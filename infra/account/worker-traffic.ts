import { z } from "zod";
import { type CloudflareAccess, readApi } from "./read-api.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

/** Which versions of a Worker answer, and where beside its routes. */
export interface WorkerTraffic {
  /** With their share of the requests, in percent; empty where Cloudflare does not tell. */
  readonly answering: readonly { readonly id: string; readonly percentage: number }[];
  /** The version that was uploaded last, which is what Cloudflare hands out; undefined where it does not tell. */
  readonly newest: string | undefined;
  /** Whether it has an address under workers.dev. */
  readonly isOnWorkersDev: boolean;
}

const deployments = z.object({
  result: z.object({
    deployments: z
      .array(
        z.object({
          versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })).nullish(),
        }),
      )
      .nullish(),
  }),
});
const versions = z.object({ result: z.object({ items: z.array(z.object({ id: z.string() })).nullish() }) });
const subdomain = z.object({ result: z.object({ enabled: z.boolean() }) });

/** What of a Worker answers, and where. @throws UserError when Cloudflare does not tell. */
export async function workerTraffic(
  accountId: string,
  name: string,
  access: CloudflareAccess,
): Promise<WorkerTraffic> {
  const script = `/accounts/${accountId}/workers/scripts/${encodeURIComponent(name)}`;
  const [deployed, uploaded, address] = await Promise.all([
    readApi(`${script}/deployments`, access, PERMISSION, deployments),
    readApi(`${script}/versions`, access, PERMISSION, versions),
    readApi(`${script}/subdomain`, access, PERMISSION, subdomain),
  ]);
  // Both lists begin with the latest.
  const [running] = deployed.result.deployments ?? [];
  const [newest] = uploaded.result.items ?? [];
  return {
    answering: (running?.versions ?? []).map(({ version_id: id, percentage }) => ({ id, percentage })),
    newest: newest?.id,
    isOnWorkersDev: address.result.enabled,
  };
}
