import { type CloudflareAccess, readRaw } from "./read-api.ts";

const PERMISSION = "read the account's KV namespaces and their values (Account · Workers KV Storage · Read)";

/**
 * The text under a key of a KV namespace, as the Worker's runtime reads it: a byte order mark stays, what is not
 * UTF-8 is replaced.
 *
 * @returns Undefined where there is none.
 * @throws UserError when Cloudflare does not tell.
 */
export async function kvValue(
  { accountId, namespaceId }: { readonly accountId: string; readonly namespaceId: string },
  key: string,
  access: CloudflareAccess,
): Promise<string | undefined> {
  const path = `/accounts/${accountId}/storage/kv/namespaces/${namespaceId}/values/${encodeURIComponent(key)}`;
  const value = await readRaw(path, access, PERMISSION);
  return value && new TextDecoder("utf-8", { ignoreBOM: true }).decode(value.bytes);
}
