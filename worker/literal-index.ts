/** Lengths of the pieces that are looked up; of each literal one piece is, the longest length that fits. */
const PIECE_LENGTHS = [8, 4, 2] as const;
const COUNTERS = 1 << 16;
const BASE = 0x01000193;

/** An entry of the index: it may hold only for texts that contain at least one of its literals. */
export interface Entry {
  readonly position: number;
  /** Upper-cased, each of at least `SHORTEST_LITERAL` characters. */
  readonly literals: readonly string[];
}

/** Literals that are shorter cannot be in the index. */
export const SHORTEST_LITERAL = 2;

/**
 * Finds the entries that may hold for a text, in one pass over the text, however many there are.
 *
 * Of each literal one piece is kept, the one that is rarest among all literals, as a hash. A text is read with a
 * rolling hash of each piece length; where a piece's hash comes up, its entries are candidates. Candidates are
 * evaluated afterwards, so that a hash in common costs time and never changes the answer.
 */
export class LiteralIndex {
  readonly #tables: readonly Table[];

  constructor(entries: readonly Entry[], rarity: Rarity) {
    const tables = PIECE_LENGTHS.map((length) => new Table(length));
    for (const { position, literals } of entries) {
      for (const literal of literals) {
        tables
          .find((table) => literal.length >= table.length)
          ?.add(rarity.rarestPiece(literal).hash, position);
      }
    }
    this.#tables = tables.filter((table) => table.size > 0);
    for (const table of this.#tables) table.seal();
  }

  /** Positions of the candidates in ascending order, without repetition. */
  candidates(upperText: string): readonly number[] {
    let found: number[] | undefined;
    for (const table of this.#tables) found = table.collect(upperText, found);
    return found === undefined ? NONE : [...new Set(found)].sort((a, b) => a - b);
  }
}

const NONE: readonly number[] = [];

interface Piece {
  readonly hash: number;
  readonly count: number;
}

/** How often pieces occur among literals; roughly, because different pieces share counters. */
export class Rarity {
  readonly #counts = new Uint32Array(COUNTERS);
  readonly #rarest = new Map<string, Piece>();

  constructor(literals: Iterable<string>) {
    // Configurations repeat literals, a host for example: each is cut into pieces once.
    const repetitions = new Map<string, number>();
    for (const literal of literals) repetitions.set(literal, (repetitions.get(literal) ?? 0) + 1);
    for (const [literal, times] of repetitions) {
      eachPiece(literal, (hash) => {
        const counter = counterOf(hash);
        this.#counts[counter] = (this.#counts[counter] ?? 0) + times;
      });
    }
  }

  /** The piece of a literal that is rarest among all of them. */
  rarestPiece(literal: string): Piece {
    let rarest = this.#rarest.get(literal);
    if (rarest === undefined) this.#rarest.set(literal, (rarest = this.#findRarest(literal)));
    return rarest;
  }

  #findRarest(literal: string): Piece {
    let rarest = 0;
    let lowest = Infinity;
    eachPiece(literal, (hash) => {
      const count = this.#counts[counterOf(hash)] ?? 0;
      if (count >= lowest) return;
      rarest = hash;
      lowest = count;
    });
    return { hash: rarest, count: lowest };
  }
}

/** Entries by the hash of a piece of one length. */
class Table {
  readonly #positions = new Map<number, number[]>();
  #filter = new Uint8Array(0);
  readonly #leaving: number;

  constructor(readonly length: number) {
    this.#leaving = power(length);
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
      hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0;
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

function pieceLengthOf(literal: string): number {
  return PIECE_LENGTHS.find((length) => literal.length >= length) ?? SHORTEST_LITERAL;
}

function eachPiece(literal: string, use: (hash: number) => void): void {
  const length = pieceLengthOf(literal);
  const leaving = power(length);
  let hash = 0;
  for (let index = 0; index < literal.length; index++) {
    hash = (Math.imul(hash, BASE) + literal.charCodeAt(index)) | 0;
    if (index >= length) hash = (hash - Math.imul(literal.charCodeAt(index - length), leaving)) | 0;
    if (index >= length - 1) use(hash);
  }
}

function counterOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
}

function power(exponent: number): number {
  let result = 1;
  for (let step = 0; step < exponent; step++) result = Math.imul(result, BASE);
  return result;
}
