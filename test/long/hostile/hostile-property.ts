import fc from "fast-check";
import { hostileRequest } from "./hostile-requests.ts";
import { HostileShops, type Counts } from "./send-hostile.ts";

/** Most that are made at once. A batch that fails shrinks to the one request that does. */
const MOST_AT_ONCE = 300;
const batch = fc.noBias(fc.array(hostileRequest, { minLength: 1, maxLength: MOST_AT_ONCE, size: "max" }));

/**
 * Sends about so many hostile requests, half of them to the Worker with each way of matching.
 * @returns What became of them, by the way of matching.
 * @throws Error with the smallest request that comes to something it must not come to, and the seed.
 */
export async function sendHostile(requests: number): Promise<Readonly<Record<string, Counts>>> {
  const shops = await HostileShops.open();
  try {
    const property = fc.asyncProperty(batch, (all) => shops.judge(all));
    // A batch has half of the most on average, and goes to two Workers.
    await fc.assert(property, { numRuns: Math.ceil(requests / MOST_AT_ONCE) });
    return shops.counts;
  } finally {
    await shops.close();
  }
}
