import { WriteRefused } from "../account/write-api.ts";
import { UserError } from "../errors/user-error.ts";
import { inOrder } from "../verify/in-order.ts";

/** Calls under way at a time: Cloudflare allows 1,200 in five minutes. */
const AT_ONCE = 5;

/** What became of one thing that was to be changed. */
export interface Changed<Item> {
  readonly item: Item;
  /** Undefined where it was done. */
  readonly refusal: string | undefined;
}

/** Changes each of them, also where Cloudflare refuses one: who is in a hurry gets as much as there is. */
export async function changeEach<Item>(
  items: readonly Item[],
  change: (item: Item) => Promise<void>,
): Promise<readonly Changed<Item>[]> {
  const changed: Changed<Item>[] = [];
  const one = (item: Item): Promise<Changed<Item>> =>
    change(item).then(
      () => ({ item, refusal: undefined }),
      (error: unknown) => {
        if (error instanceof WriteRefused) return { item, refusal: error.message };
        throw error;
      },
    );
  for await (const result of inOrder(items, AT_ONCE, one)) changed.push(result);
  return changed;
}

/** One that says what is not done, once for each reason. */
export function unfinished(
  message: string,
  refused: readonly { readonly what: string; readonly refusal: string }[],
  again: string,
): UserError {
  const reasons = [...new Set(refused.map(({ refusal }) => refusal))].map((reason) => {
    const all = refused.filter(({ refusal }) => refusal === reason).map(({ what }) => what);
    return `- ${all.join(", ")}: ${reason}`;
  });
  return new UserError("switch-unfinished", `${message}\n${reasons.join("\n")}\n${NEEDED} ${again}`);
}

const NEEDED =
  "The token needs Zone · Workers Routes · Edit for the zones, Account · Workers KV Storage · Edit for the note, and " +
  "Account · Workers Scripts · Read to find it; for the failure mode Account · Workers Scripts · Edit.";
