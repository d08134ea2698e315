const BASE = 0x01000193;

/** Lengths of the pieces that are looked up; of each literal a piece is, of the longest length that fits. */
export const PIECE_LENGTHS = [8, 4, 2] as const;

/** Literals that are shorter have no piece. */
export const SHORTEST_LITERAL = 2;

export function pieceLengthOf(literal: string): number {
  return PIECE_LENGTHS.find((length) => literal.length >= length) ?? SHORTEST_LITERAL;
}

/** The hash of the piece of a text that begins at `start`. */
export function pieceHash(text: string, start: number, length: number): number {
  let hash = 0;
  for (let index = start; index < start + length; index++) hash = entering(hash, text.charCodeAt(index));
  return hash;
}

/** The hash when a character comes in at the end of what was hashed. */
export function entering(hash: number, character: number): number {
  return (Math.imul(hash, BASE) + character) | 0;
}

/** By how much a character that has left a piece of this length still counts in its hash. */
export function leavingFactor(length: number): number {
  let factor = 1;
  for (let step = 0; step < length; step++) factor = Math.imul(factor, BASE);
  return factor;
}
