import { expect, it } from "vitest";
import { duration } from "../../../infra/text/duration.ts";

it.each([
  [0, "0 s"],
  [400, "0 s"],
  [45_000, "45 s"],
  [59_600, "1 min"],
  [150_000, "2 min 30 s"],
  [3_599_600, "1 h"],
  [3_661_000, "1 h 1 min"],
  [36_000_000, "10 h"],
])("writes %i ms as %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});
