import { expect, it } from "vitest";
import { figure, percent } from "../../../infra/text/figures.ts";

it.each([
  [12_400, "12,400"],
  [0.25, "0.3"],
])("writes %d as %s", (value, text) => {
  expect(figure(value)).toBe(text);
});

it.each([
  [1, 4, "25 %"],
  [0, 4, "0 %"],
  [0, 0, "0 %"],
  [4, 4, "100 %"],
  [1, 100_000, "under 0.1 %"],
  [99_999, 100_000, "99.9 %"],
])("writes %i of %i as %s", (part, whole, text) => {
  expect(percent(part, whole)).toBe(text);
});
