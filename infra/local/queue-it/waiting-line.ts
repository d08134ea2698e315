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
 * One waiting room's line: visitors get numbers, and numbers are passed at a steady rate. It knows the time
 * only from its arguments, so that the same calls always give the same places.
 */
export class WaitingLine {
  #given = 0;
  /** Numbers of those who left while they waited, rising: whoever stands behind them has moved up. */
  readonly #departed: number[] = [];
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

  /** Takes a visitor who still waits out of the line: everybody behind moves up. */
  leave(ticket: Ticket, now: number): void {
    this.#advance(now);
    const before = this.#departedBefore(ticket.number);
    if (this.#departed[before] === ticket.number || ticket.number - before <= this.#passed) return;
    this.#departed.splice(before, 0, ticket.number);
    // Whoever was half through the door has left with the part that was passed.
    this.#passed = Math.min(this.#passed, this.#inLine());
  }

  /** Puts visitors who exist only as numbers at the end of the line. */
  addCrowd(count: number, now: number): void {
    this.#advance(now);
    this.#given += count;
  }

  place(ticket: Ticket, now: number): Place {
    this.#advance(now);
    const turn = this.#turn(ticket.number);
    const left = Math.max(0, turn - this.#passed);
    return {
      ahead: Math.max(0, Math.ceil(left) - 1),
      waitMs:
        this.#perMinute > 0 || left === 0 ? Math.ceil((left * 60_000) / (this.#perMinute || 1)) : undefined,
      progress: Math.min(1, Math.max(0, 1 - left / Math.max(left, turn - ticket.startedAt, 1e-9))),
      passed: left === 0,
    };
  }

  /** Visitors in line, crowd included. */
  length(now: number): number {
    this.#advance(now);
    return Math.ceil(this.#inLine() - this.#passed);
  }

  /** Numbers given so far, and how many of them were passed. */
  counts(now: number): { readonly joined: number; readonly passed: number } {
    this.#advance(now);
    return { joined: this.#given, passed: Math.floor(this.#passed) };
  }

  /** Changes the outflow from now on; what has passed stays passed. */
  setOutflow(perMinute: number, now: number): void {
    this.#advance(now);
    this.#perMinute = perMinute;
  }

  /** Numbers given and not given back. */
  #inLine(): number {
    return this.#given - this.#departed.length;
  }

  /** How many have to pass until it is this number's turn. */
  #turn(number: number): number {
    return number - this.#departedBefore(number);
  }

  /** How many with a smaller number have left. A sale has a place to be looked up for each of thousands. */
  #departedBefore(number: number): number {
    let [low, high] = [0, this.#departed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#departed[middle] ?? number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** An empty line saves nothing up: who comes next waits a whole turn. */
  #advance(now: number): void {
    const elapsed = Math.max(0, now - this.#updatedAt);
    const passed = this.#passed + (elapsed * this.#perMinute) / 60_000;
    // The clock gives whole milliseconds, and a third of a visitor has no exact number.
    const all = this.#inLine();
    this.#passed = all - passed < 1e-9 ? all : passed;
    this.#updatedAt = Math.max(this.#updatedAt, now);
  }
}
