import { isWithin } from "./clock.ts";

/** Publish calls that an isolate reads at once: each may hold 5 MiB, and an isolate has 128. */
const MOST_AT_ONCE = 6;
/** Milliseconds after which a place is free again: the runtime may have dropped the call that had it. */
const PLACE_LOST_MS = 30_000;

const taken = new Set<{ readonly since: number }>();

/** Does the work when one of the places is free; undefined when none is. */
export async function inPlace<T>(work: () => Promise<T>): Promise<T | undefined> {
  for (const place of taken) if (!isWithin(place.since, PLACE_LOST_MS)) taken.delete(place);
  if (taken.size >= MOST_AT_ONCE) return undefined;
  const place = { since: Date.now() };
  taken.add(place);
  try {
    return await work();
  } finally {
    taken.delete(place);
  }
}
