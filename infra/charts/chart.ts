/** Colours by name; what each is in light and in dark is in `assets/charts.css`. */
export type Tone = "blue" | "green" | "amber" | "red" | "violet" | "grey";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly tone: Tone;
  /** One for each of the chart's times. */
  readonly values: readonly number[];
}

/** Something that happened meanwhile. */
export interface Band {
  /** In words. */
  readonly what: string;
  readonly tone: Tone;
  readonly fromMs: number;
  /** `undefined` for what happens at once. */
  readonly toMs: number | undefined;
}

/** Values over time. */
export interface TimeChart {
  /** Names the chart on its page: lower-case letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, for whoever does not see it. */
  readonly description: string;
  /** `stacked`: each series stands on those before it. */
  readonly kind: "lines" | "area" | "stacked";
  /** When each value holds, in milliseconds since what is shown began, rising. */
  readonly timesMs: readonly number[];
  readonly series: readonly Series[];
  /**
   * What happened meanwhile.
   * @default nothing
   */
  readonly bands?: readonly Band[];
}
