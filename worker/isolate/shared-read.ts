import { isWithin } from "../runtime/clock.ts";
import type { FailureReason } from "../runtime/failure.ts";
import { inTime, orAfter } from "../runtime/or-after.ts";
import type { Context } from "../runtime/platform.ts";

/** Milliseconds a request waits for a first read before it is a failure. */
const DEADLINE_MS = 2000;
/** Milliseconds after which one of the waiting requests tries a second read. */
const PATIENCE_MS = 500;
/** Milliseconds in which a failed read is not repeated. */
const PAUSE_MS = 5000;

/** The reads that requests wait for together: never more than two, however many requests there are. */
interface Round<T> {
  readonly first: Promise<T>;
  second: Promise<T> | undefined;
}

/**
 * A read that a cold isolate has to wait for, made once for all requests that arrive meanwhile. What it gives
 * is kept, even when it comes after the deadline: a store that is slow is not one that never answers.
 *
 * The runtime may drop what a request has begun when its visitor goes away. A read is therefore kept alive by
 * `waitUntil`, and when it is not there after a moment, one of the waiting requests starts a second.
 */
export class SharedRead<T> {
  readonly #read: () => Promise<T>;
  readonly #reasonWhenLate: FailureReason;
  #answer: { readonly value: T } | undefined;
  #round: Round<T> | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;

  constructor(read: () => Promise<T>, reasonWhenLate: FailureReason) {
    this.#read = read;
    this.#reasonWhenLate = reasonWhenLate;
  }

  /** @throws What the read throws, or a Failure when it takes longer than two seconds. */
  async get(context: Context): Promise<T> {
    if (this.#answer !== undefined) return this.#answer.value;
    if (this.#failure !== undefined && isWithin(this.#failure.at, PAUSE_MS)) throw this.#failure.error;
    const round = (this.#round ??= { first: this.#begin(context), second: undefined });
    try {
      return await inTime(DEADLINE_MS, this.#answerOf(round, context), this.#reasonWhenLate);
    } catch (error) {
      this.#failure = { error, at: Date.now() };
      if (this.#round === round) this.#round = undefined;
      throw error;
    }
  }

  #answerOf(round: Round<T>, context: Context): Promise<T> {
    return orAfter(PATIENCE_MS, round.first, () =>
      firstOf(round.first, (round.second ??= this.#begin(context))),
    );
  }

  #begin(context: Context): Promise<T> {
    const read = this.#read();
    const kept = read.then(
      (value) => {
        this.#answer ??= { value };
      },
      () => undefined,
    );
    context.waitUntil(kept);
    return read;
  }
}

/** Whichever is there first; when both fail, why the first did. */
async function firstOf<T>(first: Promise<T>, second: Promise<T>): Promise<T> {
  try {
    return await Promise.any([first, second]);
  } catch {
    return first;
  }
}
