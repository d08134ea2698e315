/** Where a visitor stands. */
export interface Place {
  /** Visitors who go before this one. */
  readonly ahead: number;
  /** Milliseconds until it is this visitor's turn; `undefined` while nobody is let in. */
  readonly waitMs: number | undefined;
  /** Share of the wait that is over, 0 to 1. */
  readonly progress: number;
  readonly passed: boolean;
}

/** What a visitor holds in hand: the number, and how far the line was when it was given. */
export interface Ticket {
  readonly number: number;
  readonly startedAt: number;
}

/**
 * One waiting room's line: visitors get numbers, and numbers are passed at a steady rate. It knows the time only
 * from its arguments, so that the same calls always give the same places.
 */
export class WaitingLine {
  #given = 0;
  /** Numbers passed so far, with the fraction of the next one. */
  #passed = 0;
  #updatedAt: number;
  #perMinute: number;

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#updatedAt = now;
  }

  /** Gives the next number. */
  join(now: number): Ticket {
    this.#advance(now);
    this.#given += 1;
    return { number: this.#given, startedAt: this.#passed };
  }

  /** Puts visitors who exist only as numbers at the end of the line. */
  addCrowd(count: number, now: number): void {
    this.#advance(now);
    this.#given += count;
  }

  place(ticket: Ticket, now: number): Place {
    this.#advance(now);
    const left = Math.max(0, ticket.number - this.#passed);
    return {
      ahead: Math.max(0, Math.ceil(left) - 1),
      waitMs:
        this.#perMinute > 0 || left === 0 ? Math.ceil((left * 60_000) / (this.#perMinute || 1)) : undefined,
      progress: 1 - left / (ticket.number - ticket.startedAt),
      passed: left === 0,
    };
  }

  /** Visitors in line, crowd included. */
  length(now: number): number {
    this.#advance(now);
    return Math.ceil(this.#given - this.#passed);
  }

  /** Changes the outflow from now on; what has passed stays passed. */
  setOutflow(perMinute: number, now: number): void {
    this.#advance(now);
    this.#perMinute = perMinute;
  }

  /** An empty line saves nothing up: who comes next waits a whole turn. */
  #advance(now: number): void {
    const elapsed = Math.max(0, now - this.#updatedAt);
    const passed = this.#passed + (elapsed * this.#perMinute) / 60_000;
    // The clock gives whole milliseconds, and a third of a visitor has no exact number.
    this.#passed = this.#given - passed < 1e-9 ? this.#given : passed;
    this.#updatedAt = Math.max(this.#updatedAt, now);
  }
}
