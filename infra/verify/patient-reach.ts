import pRetry from "p-retry";
import type { Answer, Reach } from "./reach.ts";

export interface Patience {
  /** @default 2 */
  readonly retries?: number;
  /** Milliseconds before the second attempt; twice as many before the third. @default 500 */
  readonly pauseMs?: number;
}

/**
 * Answers of an edge or a proxy that is busy or lost its way to the origin: the next attempt may fare better.
 */
const BUSY: ReadonlySet<number> = new Set([429, 502, 504, 520, 521, 522, 523, 524]);

/** A busy answer, kept in case that no better one comes. */
class Busy extends Error {
  constructor(readonly answer: Answer) {
    super(String(answer.status));
  }
}

/**
 * The same sites, asked again where one answer is slow, lost or busy. A host that stayed silent once is asked
 * only once from then on: many pages of a site that is down are not worth half a minute each.
 */
export function patientReach(reach: Reach, { retries = 2, pauseMs = 500 }: Patience = {}): Reach {
  const silent = new Set<string>();
  return {
    ...reach,
    get: async (url, headers, mostBytes) => {
      const { host } = new URL(url);
      try {
        return await pRetry(
          async () => {
            const answer = await reach.get(url, headers, mostBytes);
            if (BUSY.has(answer.status)) throw new Busy(answer);
            return answer;
          },
          {
            retries,
            minTimeout: pauseMs,
            factor: 2,
            shouldRetry: () => !silent.has(host),
          },
        );
      } catch (error) {
        if (error instanceof Busy) return error.answer;
        silent.add(host);
        throw error;
      }
    },
  };
}
