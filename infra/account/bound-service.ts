import { z } from "zod";
import { type CloudflareAccess, readApi } from "./read-api.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

const settings = z.object({
  result: z.object({
    bindings: z
      .array(z.object({ type: z.string(), name: z.string(), service: z.string().optional() }))
      .nullish(),
  }),
});

/**
 * Name of the Worker that a service binding of another one leads to.
 *
 * @returns Undefined where it has no such binding.
 * @throws UserError when Cloudflare does not tell.
 */
export async function boundService(
  accountId: string,
  worker: string,
  name: string,
  access: CloudflareAccess,
): Promise<string | undefined> {
  const path = `/accounts/${accountId}/workers/scripts/${encodeURIComponent(worker)}/settings`;
  const { result } = await readApi(path, access, PERMISSION, settings);
  return result.bindings?.find((binding) => binding.type === "service" && binding.name === name)?.service;
}
