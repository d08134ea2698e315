/** A median and how far its samples are from it, in the unit of the samples. */
export interface Spread {
  readonly median: number;
  /** Median absolute deviation: half of the samples are no farther from the median. */
  readonly deviation: number;
  readonly samples: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const middle = median(samples);
  return {
    median: round(middle),
    deviation: round(median(samples.map((sample) => Math.abs(sample - middle)))),
    samples: samples.length,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  return (lower + upper) / 2;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
