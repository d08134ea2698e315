import type { ConnectorSpec } from "../specification/specification.ts";
import { sha256Of } from "../files/sha256.ts";
import { filesOf } from "./worker-content.ts";
import { type CloudflareAccess, readRaw } from "./read-api.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

/**
 * SHA-256 of each file of the Worker that the account has; undefined where it has no Worker of this name.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function uploadedWorker(
  { accountId, worker }: Pick<ConnectorSpec, "accountId" | "worker">,
  access: CloudflareAccess,
): Promise<readonly string[] | undefined> {
  const path = `/accounts/${accountId}/workers/scripts/${worker.name}/content/v2`;
  const content = await readRaw(path, access, PERMISSION);
  if (content === undefined) return undefined;
  const { bytes, contentType } = content;
  return filesOf(Buffer.from(bytes), contentType).map(({ content: file }) => sha256Of(file));
}
