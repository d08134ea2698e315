import { pieceHash, pieceLengthOf } from "./piece-hash.ts";

const MOST_COUNTERS = 1 << 16;

/** A part of a literal by which the literal is found. */
export interface Piece {
  readonly length: number;
  readonly hash: number;
  /** How many pieces of all literals have this hash; at least, because different hashes share counters. */
  readonly count: number;
}

/**
 * How often pieces occur among literals. A literal is cut into pieces that stand side by side, the last one
 * at its end, so that every character of it is in one: what tells literals apart is never between two pieces.
 */
export class Rarity {
  readonly #counts: Uint32Array;

  constructor(actions: number) {
    this.#counts = new Uint32Array(Math.min(MOST_COUNTERS, 2 ** Math.ceil(Math.log2(16 * actions + 1))));
  }

  add(literal: string): void {
    const length = pieceLengthOf(literal);
    for (let start = 0; start < literal.length; start += length) {
      const counter = this.#counterOf(pieceHash(literal, Math.min(start, literal.length - length), length));
      this.#counts[counter] = (this.#counts[counter] ?? 0) + 1;
    }
  }

  /** The piece of a literal that is rarest among all literals that were added. */
  rarestPiece(literal: string): Piece {
    const length = pieceLengthOf(literal);
    let rarest = 0;
    let lowest = Infinity;
    for (let start = 0; start < literal.length; start += length) {
      const hash = pieceHash(literal, Math.min(start, literal.length - length), length);
      const count = this.#counts[this.#counterOf(hash)] ?? 0;
      if (count >= lowest) continue;
      rarest = hash;
      lowest = count;
    }
    return { length, hash: rarest, count: lowest };
  }

  #counterOf(hash: number): number {
    return (hash ^ (hash >>> 16)) & (this.#counts.length - 1);
  }
}
