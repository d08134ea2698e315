import { equalInConstantTime, type Signer } from "../encoding/hmac.ts";
import { isWithin } from "../runtime/clock.ts";
import { openCache } from "../runtime/platform.ts";
import { urlParts } from "../visitor/url-parts.ts";

/** A cache of our own: not the one in which requests for pages look. */
const CACHE_NAME = "queueit-connector";
const LIFETIME_SECONDS = 86_400;
/** Milliseconds in which the same copy is not saved again. */
const SAVE_PAUSE_MS = 3_600_000;

/**
 * The site of an address, however its visitor writes the host: one who chooses a port, or capital letters, must
 * not get another answer than everybody else.
 */
export function siteOf(url: string): string {
  return urlParts(url)
    .host.toLowerCase()
    .replace(/\.?(?::\d*)?$/, "");
}

/** Where a copy of the configuration is kept for isolates that cannot read KV. Neither method throws. */
export interface KeptCopy {
  /** The copy for the site of an address, or undefined. */
  read(url: string): Promise<string | undefined>;
  save(url: string, text: string): Promise<void>;
}

/**
 * Keeps the copy in the Cache API: in the data center, for each host, at most a day. On workers.dev and
 * behind Cloudflare Access that keeps nothing (https://developers.cloudflare.com/workers/runtime-apis/cache/,
 * read in November 2026).
 *
 * A copy is signed with the secret key, together with its customer, its host and its time, so that nobody else
 * who writes to the zone's caches can put one in its place. Sites of one zone may share a secret key, so each
 * host has its own.
 */
export function keptCopy(sign: Signer, customerId: string): KeptCopy {
  let saved = { place: "", text: "", at: 0 };
  const sealOf = (lines: readonly string[]): string =>
    sign(["queueit-copy", customerId, ...lines].join("\n"));
  const placeOf = (host: string): string => `https://${host}/${sealOf([host])}`;

  return {
    async read(url) {
      const host = siteOf(url);
      try {
        const answer = await (await openCache(CACHE_NAME)).match(placeOf(host));
        const sealed = (await answer?.text()) ?? "";
        const [start = "", seal = "", at = ""] = /^(\w{64}) (\d+)\n/.exec(sealed) ?? [];
        const text = sealed.slice(start.length);
        const isYoung = isWithin(Number(at), LIFETIME_SECONDS * 1000);
        return isYoung && equalInConstantTime(sealOf([host, at, text]), seal) ? text : undefined;
      } catch {
        return undefined;
      }
    },

    async save(url, text) {
      const host = siteOf(url);
      const place = placeOf(host);
      if (place === saved.place && text === saved.text && isWithin(saved.at, SAVE_PAUSE_MS)) return;
      saved = { place, text, at: Date.now() };
      const at = String(saved.at);
      const headers = { "cache-control": `max-age=${LIFETIME_SECONDS}` };
      try {
        const cache = await openCache(CACHE_NAME);
        await cache.put(place, new Response(`${sealOf([host, at, text])} ${at}\n${text}`, { headers }));
      } catch {
        // Without a copy, a cold isolate that cannot read KV does what it did before there were any.
      }
    },
  };
}
