import { writeFile } from "node:fs/promises";
import { afterAll, expect, it } from "vitest";
import { FAULT_CASES } from "./faults/cases.ts";
import { outcomeOf } from "./faults/run-case.ts";
import { reliabilityPage, RELIABILITY_PAGE } from "./faults/reliability-page.ts";
import type { FaultCase } from "./faults/fault-case.ts";

/** What each case came to. The page is written of these, not of what was expected. */
const seen: FaultCase[] = [];

it.concurrent.each(FAULT_CASES)("$edge $fault, $visitor, $mode", async (one) => {
  const expected = await outcomeOf(one);
  seen.push({ ...one, expected });
  expect(expected).toEqual(one.expected);
});

afterAll(async () => {
  // A run of a part of the cases says nothing about the others.
  if (seen.length === FAULT_CASES.length) await writeFile(RELIABILITY_PAGE, await reliabilityPage(seen));
});
