import { scaleLinear, scaleUtc } from "d3-scale";

/** An axis: where its marks are, and where a value is. */
export interface Ticks {
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  /** Where a value is, in thousandths of the axis, from its beginning. */
  readonly at: (value: number) => number;
}

/** More labels of time stand in each other's way. */
const MOST_TIMES = 7;

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** An axis of times, with marks at full seconds, minutes or hours. */
export function timeTicks(fromMs: number, toMs: number): Ticks {
  // Dates in UTC count from zero: their full minutes are ours.
  const scale = scaleUtc([new Date(fromMs), new Date(toMs)], [0, 1000]);
  const dates = scale.ticks(5);
  const step = Math.ceil(dates.length / MOST_TIMES);
  const shown = dates.filter((_, index) => index % step === 0);
  return {
    ticks: shown.map((date) => ({ value: date.getTime(), label: durationLabel(date.getTime()) })),
    at: (value) => rounded(scale(value)),
  };
}

/** An axis of counts, from zero to a full number that is no less than the highest. */
export function valueTicks(highest: number): Ticks {
  const scale = scaleLinear([0, highest > 0 ? highest : 1], [0, 1000]).nice(4);
  const ticks = scale.ticks(4).filter((value) => highest < 1 || Number.isInteger(value));
  return {
    ticks: ticks.map((value) => ({ value, label: COMPACT.format(value) })),
    at: (value) => rounded(scale(value)),
  };
}

/** How long something takes, as short as an axis needs it: `45 s`, `2:30 min`, `5 min`, `1:30 h`. */
export function durationLabel(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds === 0) return "0";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${parts(seconds)} min`;
  return `${parts(Math.round(seconds / 60))} h`;
}

function parts(sixtieths: number): string {
  const [whole, rest] = [Math.floor(sixtieths / 60), sixtieths % 60];
  return rest === 0 ? String(whole) : `${whole}:${String(rest).padStart(2, "0")}`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
