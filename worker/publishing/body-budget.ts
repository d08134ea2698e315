import { isWithin } from "../runtime/clock.ts";

/** Bytes of publish calls that an isolate holds at once: it has 128 MiB for everything. */
const BUDGET_BYTES = 24 * 1024 * 1024;
/** Milliseconds after which bytes no longer count: the runtime may have dropped the call that held them. */
const LOST_MS = 30_000;

interface Holding {
  readonly since: number;
  bytes: number;
}

const holdings = new Set<Holding>();

/**
 * Does work that holds bytes of a body. What has not come does not count, so that nobody keeps others out by
 * connections that send nothing.
 * @param work Gets a function that says whether it may hold so many bytes in all.
 */
export async function withinBudget<T>(work: (mayHold: (bytes: number) => boolean) => Promise<T>): Promise<T> {
  const holding = { since: Date.now(), bytes: 0 };
  holdings.add(holding);
  try {
    return await work((bytes) => {
      const others = bytesHeldBeside(holding);
      if (others + bytes > BUDGET_BYTES) return false;
      holding.bytes = bytes;
      return true;
    });
  } finally {
    holdings.delete(holding);
  }
}

function bytesHeldBeside(own: Holding): number {
  let total = 0;
  for (const holding of holdings) {
    if (!isWithin(holding.since, LOST_MS)) holdings.delete(holding);
    else if (holding !== own) total += holding.bytes;
  }
  return total;
}
