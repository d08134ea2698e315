import type { Rehearsal } from "../rehearsal.ts";
import type { LineSummary } from "./verdict.ts";

/** How long the lines were together, and whether everybody's turn came. */
export function lineSummary({ timeline, momentMs }: Pick<Rehearsal, "timeline" | "momentMs">): LineSummary {
  const lengths = timeline.map(({ inLine }) => inLine);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const endOf = (index: number) => (timeline[index]?.fromMs ?? 0) + momentMs;
  const last = lengths.findLastIndex((length) => length > 0);
  const left = lengths.at(-1) ?? 0;
  return {
    longest,
    longestAtMs: longest === 0 ? 0 : endOf(lengths.indexOf(longest)),
    left,
    emptyAtMs: left > 0 || last === -1 ? undefined : endOf(last + 1),
  };
}
