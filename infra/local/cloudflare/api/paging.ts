import { z } from "zod";
import { answer } from "./envelope.ts";

/** One page of a list by `page` and `per_page`, as Cloudflare answers it. */
export function answerPage<Item>(
  items: readonly Item[],
  query: Readonly<Record<string, string>>,
  limit: number,
  present: (item: Item) => unknown,
): Response {
  const { page, per_page } = z
    .object({
      page: z.coerce.number().int().min(1).default(1),
      per_page: z.coerce.number().int().min(1).max(limit).default(20),
    })
    .parse(query);
  const result = items.slice((page - 1) * per_page, page * per_page).map(present);
  return answer(result, {
    page,
    per_page,
    count: result.length,
    total_count: items.length,
    total_pages: Math.ceil(items.length / per_page),
  });
}
