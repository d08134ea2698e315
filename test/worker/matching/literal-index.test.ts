import { describe, expect, it } from "vitest";
import { candidates, literalIndex, type LiteralIndex } from "../../../worker/matching/literal-index.ts";
import { pieceHash } from "../../../worker/matching/piece-hash.ts";
import type { Piece } from "../../../worker/matching/piece-rarity.ts";

const piece = (text: string): Piece => ({
  length: text.length,
  hash: pieceHash(text, 0, text.length),
  count: 1,
});

/** An index of entries, each found by any of its pieces. */
function indexOf(...entries: readonly (readonly string[])[]): LiteralIndex {
  return literalIndex(entries.map((pieces, position) => ({ position, pieces: pieces.map(piece) })));
}

describe("an index of literals", () => {
  it("finds the entries of which a piece is in the text, by pieces of all lengths", () => {
    const index = indexOf(["AB"], ["WXYZ"], ["ABCDEFGH"], ["CD", "YZ"]);
    expect(candidates(index, "..AB..")).toEqual([0]);
    expect(candidates(index, "WXYZ")).toEqual([1, 3]);
    expect(candidates(index, "ABCDEFGH")).toEqual([0, 2, 3]);
    expect(candidates(index, "nothing of it")).toEqual([]);
  });

  it.each(["AB", "WXYZ", "ABCDEFGH"])("finds %s wherever it stands", (literal) => {
    const index = indexOf(["other"], [literal]);
    for (const text of [literal, `x${literal}`, `${literal}x`, `xxxxxxxxx${literal}xxxxxxxxx`])
      expect(candidates(index, text)).toEqual([1]);
    expect(candidates(index, literal.slice(1))).toEqual([]);
    expect(candidates(index, literal.slice(0, -1))).toEqual([]);
  });

  it("gives them in ascending order and once, however often and wherever their pieces are", () => {
    const index = indexOf(["YZ"], ["ABCD"], ["AB", "CD", "YZ"], ["AB"]);
    expect(candidates(index, "ABCD-YZ-AB-YZ")).toEqual([0, 1, 2, 3]);
    const many = indexOf(...Array.from({ length: 30 }, (_, position) => [position < 15 ? "YZ" : "ABCD"]));
    expect(candidates(many, "ABCD YZ")).toEqual(Array.from({ length: 30 }, (_, position) => position));
  });

  it("gives all entries that have a piece in common", () => {
    expect(candidates(indexOf(["AB"], ["AB"], ["AB"]), "xABx")).toEqual([0, 1, 2]);
  });

  it("finds nothing without entries, or in a text that is shorter than every piece", () => {
    expect(candidates(indexOf(), "ABCDEFGH")).toEqual([]);
    expect(candidates(indexOf(["AB"], ["ABCD"]), "A")).toEqual([]);
    expect(candidates(indexOf(["AB"]), "")).toEqual([]);
  });

  it("finds each of thousands of pieces", () => {
    const literals = Array.from({ length: 5000 }, (_, number) => String(number).padStart(8, "-"));
    const index = indexOf(...literals.map((literal) => [literal]));
    for (const number of [0, 1, 17, 4711, 4999])
      expect(candidates(index, `/${literals[number] ?? ""}/`)).toContain(number);
    expect(candidates(index, "/--------/")).toEqual([]);
  });
});
