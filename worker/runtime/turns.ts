import { orAfter } from "./or-after.ts";

/** Milliseconds after which a turn no longer waits for the one before: the runtime may have dropped it. */
const PATIENCE_MS = 10_000;

/** Work that must not overlap, one after the other in the order it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** @throws Whatever the work throws. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const ended = this.#last.then(nothing, nothing);
    const turn = orAfter(PATIENCE_MS, ended, () => Promise.resolve()).then(work);
    this.#last = turn;
    return turn;
  }
}

function nothing(): void {
  // How the turn before ended is its caller's business.
}
