import { entering, leavingFactor, PIECE_LENGTHS } from "./piece-hash.ts";
import type { Piece } from "./piece-rarity.ts";

/** An entry of the index: it may hold only for texts that contain at least one of its pieces. */
export interface Entry {
  readonly position: number;
  readonly pieces: readonly Piece[];
}

/**
 * Finds the entries that may hold for a text, in one pass over the text, however many there are.
 *
 * Of each literal one piece is kept, the one that is rarest among all literals, as a hash. A text is read
 * with a rolling hash of each piece length; where a piece's hash comes up, its entries are candidates.
 * Candidates are evaluated afterwards, so that a hash in common costs time and never changes the answer.
 */
export class LiteralIndex {
  readonly #tables: readonly Table[];

  constructor(entries: readonly Entry[]) {
    const tables = PIECE_LENGTHS.map((length) => new Table(length));
    for (const { position, pieces } of entries) {
      for (const { length, hash } of pieces)
        tables.find((table) => table.length === length)?.add(hash, position);
    }
    this.#tables = tables.filter((table) => table.size > 0);
    for (const table of this.#tables) table.seal();
  }

  /** Positions of the candidates in ascending order, without repetition. */
  candidates(upperText: string): readonly number[] {
    let found: number[] | undefined;
    for (const table of this.#tables) found = table.collect(upperText, found);
    if (found === undefined) return NONE;
    return found.length === 1 ? found : [...new Set(found)].sort((a, b) => a - b);
  }
}

const NONE: readonly number[] = [];

/** Entries by the hash of a piece of one length. */
class Table {
  readonly #positions = new Map<number, number[]>();
  #filter = new Uint8Array(0);
  readonly #leaving: number;

  constructor(readonly length: number) {
    this.#leaving = leavingFactor(length);
  }

  get size(): number {
    return this.#positions.size;
  }

  add(hash: number, position: number): void {
    const positions = this.#positions.get(hash);
    if (positions === undefined) this.#positions.set(hash, [position]);
    else positions.push(position);
  }

  /** Makes the filter that spares most look-ups: a byte that is 0 for hashes which do not occur. */
  seal(): void {
    this.#filter = new Uint8Array(2 ** Math.ceil(Math.log2(this.size * 8)));
    for (const hash of this.#positions.keys()) this.#filter[hash & (this.#filter.length - 1)] = 1;
  }

  /** Adds the positions found in a text to `found`, which is made when the first is found. */
  collect(text: string, found: number[] | undefined): number[] | undefined {
    const filter = this.#filter;
    const mask = filter.length - 1;
    const length = this.length;
    const leaving = this.#leaving;
    let seen: Set<number> | undefined;
    let collected = found;
    let hash = 0;
    for (let index = 0; index < text.length; index++) {
      hash = entering(hash, text.charCodeAt(index));
      if (index >= length) hash = (hash - Math.imul(text.charCodeAt(index - length), leaving)) | 0;
      if (index < length - 1 || filter[hash & mask] === 0) continue;
      const positions = this.#positions.get(hash);
      // A text that repeats a piece must not collect its entries again and again.
      if (positions === undefined || seen?.has(hash) === true) continue;
      (seen ??= new Set()).add(hash);
      collected ??= [];
      for (const position of positions) collected.push(position);
    }
    return collected;
  }
}
