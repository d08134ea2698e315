/**
 * Milliseconds in which a fault still shows after it is over: a failed read is not repeated for 5 s, and what
 * was asked meanwhile has to come to an end.
 */
const ECHO_MS = 15_000;

/** When something around the Worker is out of order on purpose. Times in milliseconds since 1970. */
export class Faults {
  readonly #spans: { readonly fromMs: number; readonly toMs: number }[] = [];

  add(fromMs: number, toMs: number): void {
    this.#spans.push({ fromMs, toMs });
  }

  /** Whether the Worker may fail at this moment through no fault of its own. */
  isDue(now: number): boolean {
    return this.#spans.some(({ fromMs, toMs }) => now >= fromMs && now <= toMs + ECHO_MS);
  }
}
