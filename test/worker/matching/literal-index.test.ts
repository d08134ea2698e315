import { describe, expect, it } from "vitest";
import { LiteralIndex } from "../../../worker/matching/literal-index.ts";
import { pieceHash } from "../../../worker/matching/piece-hash.ts";
import type { Piece } from "../../../worker/matching/piece-rarity.ts";

const piece = (text: string): Piece => ({
  length: text.length,
  hash: pieceHash(text, 0, text.length),
  count: 1,
});

/** An index of entries, each found by any of its pieces. */
function indexOf(...entries: readonly (readonly string[])[]): LiteralIndex {
  return new LiteralIndex(entries.map((pieces, position) => ({ position, pieces: pieces.map(piece) })));
}

describe("an index of literals", () => {
  it("finds the entries of which a piece is in the text, by pieces of all lengths", () => {
    const index = indexOf(["AB"], ["WXYZ"], ["ABCDEFGH"], ["CD", "YZ"]);
    expect(index.candidates("..AB..")).toEqual([0]);
    expect(index.candidates("WXYZ")).toEqual([1, 3]);
    expect(index.candidates("ABCDEFGH")).toEqual([0, 2, 3]);
    expect(index.candidates("nothing of it")).toEqual([]);
  });

  it.each(["AB", "WXYZ", "ABCDEFGH"])("finds %s wherever it stands", (literal) => {
    const index = indexOf(["other"], [literal]);
    for (const text of [literal, `x${literal}`, `${literal}x`, `xxxxxxxxx${literal}xxxxxxxxx`])
      expect(index.candidates(text)).toEqual([1]);
    expect(index.candidates(literal.slice(1))).toEqual([]);
    expect(index.candidates(literal.slice(0, -1))).toEqual([]);
  });

  it("gives them in ascending order and once, however often and wherever their pieces are", () => {
    const index = indexOf(["YZ"], ["ABCD"], ["AB", "CD", "YZ"], ["AB"]);
    expect(index.candidates("ABCD-YZ-AB-YZ")).toEqual([0, 1, 2, 3]);
    const many = indexOf(...Array.from({ length: 30 }, (_, position) => [position < 15 ? "YZ" : "ABCD"]));
    expect(many.candidates("ABCD YZ")).toEqual(Array.from({ length: 30 }, (_, position) => position));
  });

  it("gives all entries that have a piece in common", () => {
    expect(indexOf(["AB"], ["AB"], ["AB"]).candidates("xABx")).toEqual([0, 1, 2]);
  });

  it("finds nothing without entries, or in a text that is shorter than every piece", () => {
    expect(indexOf().candidates("ABCDEFGH")).toEqual([]);
    expect(indexOf(["AB"], ["ABCD"]).candidates("A")).toEqual([]);
    expect(indexOf(["AB"]).candidates("")).toEqual([]);
  });

  it("finds each of thousands of pieces", () => {
    const literals = Array.from({ length: 5000 }, (_, number) => String(number).padStart(8, "-"));
    const index = indexOf(...literals.map((literal) => [literal]));
    for (const number of [0, 1, 17, 4711, 4999])
      expect(index.candidates(`/${literals[number] ?? ""}/`)).toContain(number);
    expect(index.candidates("/--------/")).toEqual([]);
  });
});
