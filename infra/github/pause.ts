/** What an answer says about asking again. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** How often a call is made before it is given up. */
export const MOST_ATTEMPTS = 4;

/** A longer pause would keep the pipeline waiting for what may never come. */
const LONGEST_PAUSE_MS = 120_000;

/**
 * Milliseconds to wait before a call is made again; undefined when that is of no use.
 *
 * @param isRepeatable Whether making the call twice does no harm.
 * @param attempt 1 after the first.
 * @param now Milliseconds since 1970.
 */
export function pauseAfter(
  answer: RefusedAnswer,
  isRepeatable: boolean,
  attempt: number,
  now: number,
): number | undefined {
  if (attempt >= MOST_ATTEMPTS) return undefined;
  if (isRateLimited(answer)) {
    const pause = askedPause(answer.headers, now) ?? 30_000 * 2 ** (attempt - 1);
    return pause > LONGEST_PAUSE_MS ? undefined : pause;
  }
  return answer.status >= 500 && isRepeatable ? growingPause(attempt) : undefined;
}

/** Milliseconds after the given attempt when nothing says how long to wait. */
export function growingPause(attempt: number): number {
  return 1000 * 2 ** (attempt - 1);
}

/** Whether GitHub refused because there were too many calls, and not because of this one. */
export function isRateLimited({ status, headers, body }: RefusedAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  return isSpent || headers.has("retry-after") || /secondary rate limit/i.test(body);
}

function askedPause(headers: Headers, now: number): number | undefined {
  const after = headers.get("retry-after");
  if (after !== null) {
    const until = /^\d+$/.test(after) ? now + Number(after) * 1000 : Date.parse(after);
    return Number.isNaN(until) ? undefined : Math.max(0, until - now);
  }
  const reset = headers.get("x-ratelimit-reset");
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  return isSpent && reset !== null && /^\d+$/.test(reset)
    ? Math.max(0, Number(reset) * 1000 - now)
    : undefined;
}
