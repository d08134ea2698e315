import { expect, it } from "vitest";
import { sendHostile } from "./hostile/hostile-property.ts";

/** `HOSTILE_REQUESTS` asks for fewer, or more. */
const REQUESTS = Number(process.env["HOSTILE_REQUESTS"] ?? 1_000_000);

it("gets nobody past the queue, breaks nothing, and has the site asked once at most", async () => {
  const counts = await sendHostile(REQUESTS);
  console.info("hostile requests", JSON.stringify(counts));
  for (const { sent, held, past, refusedByRuntime } of Object.values(counts)) {
    expect(held).toBeGreaterThan(sent * 0.3);
    expect(past).toBeGreaterThan(sent * 0.03);
    expect(refusedByRuntime).toBeLessThan(sent * 0.5);
  }
});
