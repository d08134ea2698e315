import { z } from "zod";
import { type CloudflareAccess, readApi } from "./read-api.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

const scripts = z.object({ result: z.array(z.object({ id: z.string() })) });

/** Names of all Workers of an account. @throws UserError when Cloudflare does not tell. */
export async function accountWorkers(
  accountId: string,
  access: CloudflareAccess,
): Promise<readonly string[]> {
  const { result } = await readApi(`/accounts/${accountId}/workers/scripts`, access, PERMISSION, scripts);
  return result.map(({ id }) => id);
}
