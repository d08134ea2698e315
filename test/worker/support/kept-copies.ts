import { Response } from "miniflare";
import type { Shop } from "./shop.ts";
import { CUSTOMER, SECRET, hmac } from "./tokens.ts";

/** What a copy of a configuration is signed with and for. Default: what the shop's Worker has. */
export interface CopyOf {
  readonly host?: string;
  readonly customer?: string;
  readonly secret?: string;
  /** Milliseconds since 1970. Default: now. */
  readonly at?: number;
  /** Changes the copy that was signed. Default: it stays as it is. */
  readonly changed?: (copy: string) => string;
}

/** Where the Worker of `shop.example` looks for its copy. */
export const PLACE = `https://shop.example/${hmac(`queueit-copy\n${CUSTOMER}\nshop.example`)}`;

/** Puts into the data center, where the shop's Worker looks, what another isolate would have left there. */
export async function keepCopy(shop: Shop, text: string, of: CopyOf = {}): Promise<void> {
  const { host = "shop.example", customer = CUSTOMER, secret = SECRET, at = Date.now() } = of;
  const seal = hmac(["queueit-copy", customer, host, String(at), text].join("\n"), secret);
  const copy = `${seal} ${at}\n${text}`;
  const answer = new Response(of.changed?.(copy) ?? copy, { headers: { "cache-control": "max-age=86400" } });
  await (await shop.cache(CACHE)).put(PLACE, answer);
}

export const CACHE = "queueit-connector";
