import { OUTCOMES, type Outcome } from "./outcome.ts";

/** What the waiting rooms have seen so far, all together. */
export interface Flow {
  /** Visitors who have got a number, crowds included. */
  readonly joined: number;
  /** Of these, who was let in. */
  readonly passed: number;
  /** Who waits now. */
  readonly waiting: number;
}

/** So many seconds are kept: half an hour. */
export const KEPT_SECONDS = 1800;

/** What happened in a stretch of time. */
export interface Stretch {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Visitors who came to a waiting room, a minute. */
  readonly joinedPerMinute: number;
  /** Visitors who were let in, a minute. */
  readonly passedPerMinute: number;
  /** Visitors in line at its end. */
  readonly waiting: number;
  /** Requests to the sites a minute, by how they ended. */
  readonly perMinute: Readonly<Record<Outcome, number>>;
}

interface Second {
  joined: number;
  passed: number;
  waiting: number;
  readonly ended: Record<Outcome, number>;
}

const NAMES = Object.keys(OUTCOMES) as readonly Outcome[];

/** What happens on the sites and in the waiting rooms, second by second, for the last half an hour. */
export class Activity {
  readonly #now: () => number;
  /** By the number of the second since 1970. Only those in which something happened or was looked at. */
  readonly #seconds = new Map<number, Second>();
  #last: Flow = { joined: 0, passed: 0, waiting: 0 };

  /** @param now Milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts a request. */
  count(outcome: Outcome): void {
    this.#second().ended[outcome] += 1;
  }

  /** Takes down what has changed in the waiting rooms since the last call. */
  sample(flow: Flow): void {
    const second = this.#second();
    second.joined += Math.max(0, flow.joined - this.#last.joined);
    second.passed += Math.max(0, flow.passed - this.#last.passed);
    second.waiting = flow.waiting;
    this.#last = flow;
  }

  /**
   * The last so many seconds in that many stretches of the same length, oldest first. The second that is not over yet
   * is left out.
   */
  stretches(seconds: number, count: number): readonly Stretch[] {
    const length = Math.ceil(seconds / count);
    const end = Math.floor(this.#now() / 1000);
    const first = end - length * count;
    let waiting = this.#waitingBefore(first);
    return Array.from({ length: count }, (_, index) => {
      const from = first + index * length;
      const within = Array.from({ length }, (_unused, offset) => this.#seconds.get(from + offset)).filter(
        (second) => second !== undefined,
      );
      waiting = within.at(-1)?.waiting ?? waiting;
      const perMinute = (of: (second: Second) => number) =>
        (within.reduce((sum, second) => sum + of(second), 0) * 60) / length;
      return {
        from: from * 1000,
        joinedPerMinute: perMinute(({ joined }) => joined),
        passedPerMinute: perMinute(({ passed }) => passed),
        waiting,
        perMinute: record((outcome) => perMinute(({ ended }) => ended[outcome])),
      };
    });
  }

  #waitingBefore(at: number): number {
    return [...this.#seconds].findLast(([second]) => second < at)?.[1].waiting ?? 0;
  }

  #second(): Second {
    const at = Math.floor(this.#now() / 1000);
    const known = this.#seconds.get(at);
    if (known !== undefined) return known;
    const made = { joined: 0, passed: 0, waiting: this.#last.waiting, ended: record(() => 0) };
    this.#seconds.set(at, made);
    for (const oldest of this.#seconds.keys()) {
      if (this.#seconds.size <= KEPT_SECONDS) break;
      this.#seconds.delete(oldest);
    }
    return made;
  }
}

function record(valueOf: (outcome: Outcome) => number): Record<Outcome, number> {
  return Object.fromEntries(NAMES.map((name) => [name, valueOf(name)])) as Record<Outcome, number>;
}
