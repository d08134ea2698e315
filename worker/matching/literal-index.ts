import { PIECE_LENGTHS } from "./piece-hash.ts";
import type { Piece } from "./piece-rarity.ts";
import { collect, pieceTable, type PieceTable } from "./piece-table.ts";

/** An action that may match only texts which contain at least one of its pieces. */
export interface IndexedAction {
  readonly position: number;
  readonly pieces: readonly Piece[];
}

/** A table for each piece length that occurs. */
export type LiteralIndex = readonly PieceTable[];

export function literalIndex(actions: readonly IndexedAction[]): LiteralIndex {
  const entries = actions.flatMap(({ position, pieces }) => pieces.map((piece) => ({ ...piece, position })));
  return PIECE_LENGTHS.map((wanted) =>
    pieceTable(
      wanted,
      entries.filter(({ length }) => length === wanted),
    ),
  ).filter(({ hashes }) => hashes.length > 0);
}

/**
 * Positions of the actions that may match a text, in ascending order, without repetition: a pass over the
 * text for each piece length, however many actions there are.
 *
 * Of each literal one piece is kept, the one that is rarest among all literals, as a hash. A text is read
 * with a rolling hash of each piece length; where a piece's hash comes up, its actions are candidates.
 * Candidates are evaluated afterwards, so that a hash in common costs time and never changes the answer.
 */
export function candidates(index: LiteralIndex, upperText: string): readonly number[] {
  let found: number[] | undefined;
  for (const table of index) found = collect(table, upperText, found);
  if (found === undefined) return NONE;
  return found.length === 1 ? found : [...new Set(found)].sort((a, b) => a - b);
}

const NONE: readonly number[] = [];
