/** What is due, by ticks of simulated time. What is due at the same tick comes in the order it was put there. */
export class Schedule<T> {
  readonly #due = new Map<number, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(tick: number, item: T): void {
    this.#size += 1;
    const items = this.#due.get(tick);
    if (items === undefined) this.#due.set(tick, [item]);
    else items.push(item);
  }

  take(tick: number): readonly T[] {
    const items = this.#due.get(tick) ?? [];
    this.#due.delete(tick);
    this.#size -= items.length;
    return items;
  }
}
