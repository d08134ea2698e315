import type { Breach } from "../rehearsal.ts";

/** Entries at the beginning and at the end that are kept of a long story. */
const FIRST = 20;
const LAST = 100;

type Entry = Breach["story"][number];

/** What a visitor did and got, in order. Of a very long one the middle is left out. */
export class Story {
  readonly #first: Entry[] = [];
  readonly #last: Entry[] = [];

  tell(entry: Entry): void {
    if (this.#first.length < FIRST) {
      this.#first.push(entry);
      return;
    }
    this.#last.push(entry);
    if (this.#last.length > LAST) this.#last.shift();
  }

  get entries(): readonly Entry[] {
    return [...this.#first, ...this.#last];
  }
}
