import { expect, it } from "vitest";
import { durationLabel, timeTicks, valueTicks } from "../../../infra/charts/ticks.ts";

const labels = ({ ticks }: { readonly ticks: readonly { readonly label: string }[] }) =>
  ticks.map(({ label }) => label);

it.each([
  [30_000, ["0", "5 s", "10 s", "15 s", "20 s", "25 s", "30 s"]],
  [600_000, ["0", "2 min", "4 min", "6 min", "8 min", "10 min"]],
  [3_600_000, ["0", "15 min", "30 min", "45 min", "1 h"]],
])("marks full seconds, minutes and hours, few enough to be read: %i ms", (untilMs, expected) => {
  expect(labels(timeTicks(0, untilMs))).toEqual(expected);
});

it.each([
  [0, "0"],
  [45_000, "45 s"],
  [150_000, "2:30 min"],
  [5_400_000, "1:30 h"],
  [3_599_600, "1 h"],
])("writes %i ms as %s", (milliseconds, label) => {
  expect(durationLabel(milliseconds)).toBe(label);
});

it("counts people in full numbers", () => {
  expect(labels(valueTicks(1))).toEqual(["0", "1"]);
  expect(labels(valueTicks(3))).toEqual(["0", "1", "2", "3"]);
});

it("is short where numbers are large", () => {
  expect(labels(valueTicks(47_000))).toEqual(["0", "10K", "20K", "30K", "40K", "50K"]);
});

it("leaves room above nothing but the highest", () => {
  expect(valueTicks(47_000).at(50_000)).toBe(1000);
  expect(valueTicks(0).at(0)).toBe(0);
});
