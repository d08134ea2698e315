/** How often each command was ended, and how. */
export class Counts {
  readonly #ended = new Map<string, Map<string, number>>();
  /** Changes that were acknowledged, and looked for after the kill. */
  acknowledged = 0;
  /** Commands that were ended once Terraform's apply had begun. */
  applying = 0;

  /** @param how Its exit code, or the signal it died of. */
  add(command: string, how: unknown): void {
    const ways = this.#ended.get(command) ?? new Map<string, number>();
    const way = wayOf(how);
    ways.set(way, (ways.get(way) ?? 0) + 1);
    this.#ended.set(command, ways);
  }

  /** Of those that were still at work. */
  get total(): number {
    return this.rows().reduce((sum, { command, count }) => sum + count - this.of(command, "done before"), 0);
  }

  of(command: string, way: Way): number {
    return this.#ended.get(command)?.get(way) ?? 0;
  }

  rows(): readonly { readonly command: string; readonly count: number }[] {
    return [...this.#ended]
      .map(([command, ways]) => ({
        command,
        count: [...ways.values()].reduce((sum, count) => sum + count, 0),
      }))
      .sort((a, b) => (a.command < b.command ? -1 : 1));
  }
}

/** What came of a command that was asked to end, or killed. */
export const WAYS = ["killed at once", "ended in order", "done before"] as const;
export type Way = (typeof WAYS)[number];

function wayOf(how: unknown): Way {
  if (how === "SIGKILL") return "killed at once";
  // 128 and the signal's number; before the program can listen, the signal itself ends it.
  const isEnded = typeof how === "string" || [129, 130, 143].includes(Number(how));
  return isEnded ? "ended in order" : "done before";
}
