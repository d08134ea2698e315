import type { ColdStart } from "./cold-start.ts";
import type { Machine } from "./machine.ts";
import type { RaceResult } from "./race.ts";

/** What one run measured: the content of `docs/benchmarks/results.json`. */
export interface Results {
  readonly machine: Machine;
  readonly measureMilliseconds: number;
  readonly warmUpMilliseconds: number;
  readonly bundleBytes: number;
  readonly gzippedBytes: number;
  readonly races: readonly Race[];
  readonly coldStarts: readonly ColdStart[];
}

/** One kind of request with one configuration. */
export interface Race {
  readonly actions: number;
  readonly cookies: number;
  readonly kind: string;
  readonly result: RaceResult;
}
