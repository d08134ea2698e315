import type { ConnectorSpec } from "../specification/specification.ts";
import { sha256Of } from "../files/sha256.ts";
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
  return contentsOf(Buffer.from(bytes), contentType).map(sha256Of);
}

/** The files in an answer: one, or each in a part of its own (RFC 2046). */
function contentsOf(body: Buffer, contentType: string): readonly Buffer[] {
  const boundary = /^multipart\/.*;\s*boundary="?([^";\s]+)/i.exec(contentType)?.[1];
  if (boundary === undefined) return [body];
  const mark = Buffer.from(`\r\n--${boundary}`);
  const bytes = Buffer.concat([Buffer.from("\r\n"), body]);
  const contents: Buffer[] = [];
  let start = bytes.indexOf(mark);
  for (let end = start; start !== -1; start = end) {
    end = bytes.indexOf(mark, start + mark.length);
    const content = bytes.indexOf("\r\n\r\n", start);
    if (content !== -1 && content < end) contents.push(bytes.subarray(content + 4, end));
  }
  return contents;
}
