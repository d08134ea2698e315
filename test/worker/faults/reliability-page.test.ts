import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FAULT_CASES } from "../../long/faults/cases.ts";
import { RELIABILITY_PAGE, reliabilityPage } from "../../long/faults/reliability-page.ts";

it("has a row for each fault with what came of it, and no other: npm run test:long writes it", async () => {
  expect(readFileSync(RELIABILITY_PAGE, "utf8")).toBe(await reliabilityPage(FAULT_CASES));
});

it("tells its faults apart", () => {
  const names = FAULT_CASES.map(({ edge, fault, visitor, mode }) => [edge, fault, visitor, mode].join());
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(200);
});
