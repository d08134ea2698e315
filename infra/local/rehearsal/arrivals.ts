import { randomOf } from "./random.ts";
import type { Scenario, VisitorKind } from "./scenario.ts";

/** Number in the place of a visitor's: of the stream that decides who comes when. */
const ARRIVALS = 0xffffffff;

export interface Arrival {
  readonly number: number;
  readonly atMs: number;
  readonly kind: VisitorKind;
}

/** Who comes when, in the order of their coming. */
export function arrivalsOf({ seed, visitors, arriveMs, arrivals, kinds }: Scenario): readonly Arrival[] {
  const random = randomOf(seed, ARRIVALS);
  const times = Array.from({ length: visitors }, () =>
    Math.round(shaped(arrivals, random.fraction()) * arriveMs),
  );
  const kindAt = kindsBySeat(visitors, kinds);
  // So that no kind comes first.
  for (let last = kindAt.length - 1; last > 0; last--) {
    const other = random.between(0, last);
    const [a, b] = [kindAt[last], kindAt[other]];
    if (a !== undefined && b !== undefined) [kindAt[last], kindAt[other]] = [b, a];
  }
  return times
    .sort((a, b) => a - b)
    .flatMap((atMs, index) => {
      const kind = kindAt[index];
      return kind === undefined ? [] : [{ number: index + 1, atMs, kind }];
    });
}

/** So many of each kind as their shares say, none of them lost to rounding. */
function kindsBySeat(visitors: number, kinds: Scenario["kinds"]): VisitorKind[] {
  const seats: VisitorKind[] = [];
  let share = 0;
  for (const [kind, part = 0] of Object.entries(kinds) as [VisitorKind, number | undefined][]) {
    share += part;
    while (seats.length < Math.round(share * visitors)) seats.push(kind);
  }
  return seats;
}

/** Where in the time of arrivals somebody comes, 0 to 1. */
function shaped(arrivals: Scenario["arrivals"], fraction: number): number {
  switch (arrivals) {
    case "steady":
      return fraction;
    case "burst":
      // Half of all come in the first 6 %.
      return fraction ** 4;
    case "ramp":
      return Math.sqrt(fraction);
  }
}
