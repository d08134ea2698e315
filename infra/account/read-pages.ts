import type { z } from "zod";
import { type CloudflareAccess, readApi } from "./read-api.ts";

/** How a listing is read. */
export interface Paging {
  /** Objects of a page, at most as many as Cloudflare's documentation allows for the listing. */
  readonly size: number;
  /** A listing that goes on for ever ends after so many pages. */
  readonly most: number;
}

/**
 * The pages of a listing, as far as they are asked for. The last one has fewer objects than a page may have,
 * unless there are more pages than are read.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function* readPages<Item>(
  path: string,
  access: CloudflareAccess,
  permission: string,
  schema: z.ZodType<{ readonly result: readonly Item[] }>,
  { size, most }: Paging,
): AsyncGenerator<readonly Item[]> {
  for (let page = 1; page <= most; page++) {
    const paged = `${path}${path.includes("?") ? "&" : "?"}page=${page}&per_page=${size}`;
    const { result } = await readApi(paged, access, permission, schema);
    yield result;
    if (result.length < size) return;
  }
}
