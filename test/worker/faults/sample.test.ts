import { expect, it } from "vitest";
import { FAULT_CASES } from "../../long/faults/cases.ts";
import { outcomeOf } from "../../long/faults/run-case.ts";

/** A few of all edges: the rest is brought about by `npm run test:long`. */
const SAMPLE = FAULT_CASES.filter((_one, index) => index % 61 === 0);

it.concurrent.each(SAMPLE)("$edge $fault, $visitor, $mode", async (one) => {
  expect(await outcomeOf(one)).toEqual(one.expected);
});
