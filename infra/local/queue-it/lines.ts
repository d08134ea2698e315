import { type Place, type Ticket, WaitingLine } from "./waiting-line.ts";

/** The lines of all waiting rooms: each has its own, and all let visitors in at the same rate. */
export class Lines {
  readonly #lines = new Map<string, WaitingLine>();
  readonly #now: () => number;
  #perMinute: number;

  /** @param now Milliseconds since 1970. */
  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  join(waitingRoomId: string): Ticket {
    return this.#line(waitingRoomId).join(this.#now());
  }

  place(waitingRoomId: string, ticket: Ticket): Place {
    return this.#line(waitingRoomId).place(ticket, this.#now());
  }

  leave(waitingRoomId: string, ticket: Ticket): void {
    this.#line(waitingRoomId).leave(ticket, this.#now());
  }

  addCrowd(waitingRoomId: string, count: number): void {
    this.#line(waitingRoomId).addCrowd(count, this.#now());
  }

  length(waitingRoomId: string): number {
    return this.#line(waitingRoomId).length(this.#now());
  }

  /** All lines together: who has got a number so far, who of them was let in, and who waits. */
  flow(): { readonly joined: number; readonly passed: number; readonly waiting: number } {
    const now = this.#now();
    let [joined, passed, waiting] = [0, 0, 0];
    for (const line of this.#lines.values()) {
      const counts = line.counts(now);
      joined += counts.joined;
      passed += counts.passed;
      waiting += line.length(now);
    }
    return { joined, passed, waiting };
  }

  get outflow(): number {
    return this.#perMinute;
  }

  set outflow(perMinute: number) {
    this.#perMinute = perMinute;
    for (const line of this.#lines.values()) line.setOutflow(perMinute, this.#now());
  }

  #line(waitingRoomId: string): WaitingLine {
    const existing = this.#lines.get(waitingRoomId);
    if (existing !== undefined) return existing;
    const line = new WaitingLine(this.#perMinute, this.#now());
    this.#lines.set(waitingRoomId, line);
    return line;
  }
}
