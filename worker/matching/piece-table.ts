import { entering, leavingFactor } from "./piece-hash.ts";

/** A piece of a literal, by its hash, and the position of the action that it belongs to. */
export interface Entry {
  readonly hash: number;
  readonly position: number;
}

/**
 * Entries by hash, as lists of numbers: what an isolate makes itself and what was made before and kept have
 * one form.
 */
export interface PieceTable {
  /** Characters of each piece. */
  readonly length: number;
  /** Where each bucket begins, and where the last one ends. There are as many as a power of two. */
  readonly starts: readonly number[];
  /** Hashes, bucket by bucket; the last bits of a hash are the number of its bucket. */
  readonly hashes: readonly number[];
  /** Positions, each in the place of its hash. */
  readonly positions: readonly number[];
}

/** @param length Characters of each piece. */
export function pieceTable(length: number, entries: readonly Entry[]): PieceTable {
  const buckets: Entry[][] = Array.from({ length: 2 ** Math.ceil(Math.log2(entries.length + 1)) }, () => []);
  for (const entry of entries) buckets[entry.hash & (buckets.length - 1)]?.push(entry);
  const sorted = buckets.flat();
  let end = 0;
  return {
    length,
    starts: [0, ...buckets.map((bucket) => (end += bucket.length))],
    hashes: sorted.map(({ hash }) => hash),
    positions: sorted.map(({ position }) => position),
  };
}

/** Adds the positions of pieces that are in a text to `found`, which is made when the first is found. */
export function collect(table: PieceTable, text: string, found: number[] | undefined): number[] | undefined {
  const { length, starts, hashes, positions } = table;
  const mask = starts.length - 2;
  const leaving = leavingFactor(length);
  let seen: Set<number> | undefined;
  let collected = found;
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = entering(hash, text.charCodeAt(index));
    if (index >= length) hash = (hash - Math.imul(text.charCodeAt(index - length), leaving)) | 0;
    if (index < length - 1) continue;
    const start = starts[hash & mask] ?? 0;
    const end = starts[(hash & mask) + 1] ?? 0;
    // A text that repeats a piece must not collect its entries again and again.
    if (start === end || seen?.has(hash) === true) continue;
    for (let place = start; place < end; place++) {
      if (hashes[place] !== hash) continue;
      (collected ??= []).push(positions[place] ?? 0);
      (seen ??= new Set()).add(hash);
    }
  }
  return collected;
}
