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

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  return (lower + upper) / 2;
}

/** A mean and by how much it would differ in another run, in the unit of the samples. */
export interface Mean {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
}

export function meanOf(samples: readonly number[]): Mean {
  const mean = sum(samples) / samples.length;
  const variance = sum(samples.map((sample) => (sample - mean) ** 2)) / (samples.length - 1);
  return { mean: round(mean), error: round(Math.sqrt(variance / samples.length)) };
}

/** The samples without the highest and the lowest twentieth. */
export function trimmed(samples: readonly number[]): readonly number[] {
  const cut = Math.floor(samples.length / 20);
  return samples.toSorted((a, b) => a - b).slice(cut, samples.length - cut);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function round(number: number): number {
  return Math.round(number * 10) / 10;
}
