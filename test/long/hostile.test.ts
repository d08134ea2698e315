import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hostileRequest } from "./hostile/hostile-requests.ts";
import { counts, HostileShop } from "./hostile/send-hostile.ts";

/** `HOSTILE_REQUESTS` asks for fewer, or more. */
const REQUESTS = Number(process.env["HOSTILE_REQUESTS"] ?? 1_000_000);
/** Sent at once, and shrunk together. */
const BATCH = 200;

let shop: HostileShop;
beforeAll(async () => {
  shop = await HostileShop.open();
});
afterAll(() => shop.close());

it("gets nobody past the queue, breaks nothing, and has the site asked once at most", async () => {
  const batch = fc.array(hostileRequest, { minLength: BATCH, maxLength: BATCH });
  const property = fc.asyncProperty(batch, (requests) => shop.judge(requests));
  await fc.assert(property, { numRuns: Math.ceil(REQUESTS / BATCH) });
  console.info("hostile requests", JSON.stringify(counts));
  expect(counts.held).toBeGreaterThan(counts.sent * 0.2);
  expect(counts.letIn).toBeGreaterThan(counts.sent * 0.01);
});
