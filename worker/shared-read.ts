import type { Context } from "./platform.ts";

/** Milliseconds a request waits for a first read before it is a failure. */
const DEADLINE_MS = 2000;
/** Milliseconds after which a request no longer trusts another request's read and starts its own. */
const PATIENCE_MS = 500;
/** Milliseconds in which a failed read is not repeated. */
const PAUSE_MS = 5000;

/**
 * A read that a cold isolate has to wait for, made once for all requests that arrive meanwhile.
 *
 * The runtime may drop what a request has begun when its visitor goes away. The read is therefore kept alive by
 * `waitUntil`, and a request that waits for another one's read starts its own after a moment.
 */
export class SharedRead<T> {
  #pending: Promise<T> | undefined;
  #failure: { readonly error: unknown; readonly until: number } | undefined;
  readonly #read: () => Promise<T>;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** @throws What the read throws, or an error when it takes longer than two seconds. */
  async get(context: Context): Promise<T> {
    if (this.#failure !== undefined && Date.now() < this.#failure.until) throw this.#failure.error;
    const pending = this.#pending;
    try {
      if (pending === undefined) return await within(DEADLINE_MS, this.#begin(context));
      return await within(DEADLINE_MS, orAfter(PATIENCE_MS, pending, this.#read));
    } catch (error) {
      this.#pending = undefined;
      this.#failure = { error, until: Date.now() + PAUSE_MS };
      throw error;
    }
  }

  #begin(context: Context): Promise<T> {
    const read = this.#read();
    const settled = read.then(
      () => undefined,
      () => undefined,
    );
    this.#pending = read;
    context.waitUntil(
      settled.then(() => {
        if (this.#pending === read) this.#pending = undefined;
      }),
    );
    return read;
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = (): Promise<T> => Promise.reject(new Error(`No answer within ${milliseconds} ms.`));
  return orAfter(milliseconds, work, late);
}

/** Whichever settles first: `work`, or what is begun when `work` took too long. */
async function orAfter<T>(milliseconds: number, work: Promise<T>, other: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      other().then(resolve, reject);
    }, milliseconds);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
