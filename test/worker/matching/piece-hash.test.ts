import { describe, expect, it } from "vitest";
import { entering, leavingFactor, pieceHash, pieceLengthOf } from "../../../worker/matching/piece-hash.ts";

const TEXT = "HTTPS://SHOP.EXAMPLE/TICKETS\u20ac\u{1f39f}";

describe("the pieces of a literal", () => {
  it.each([
    [2, 2],
    [3, 2],
    [4, 4],
    [7, 4],
    [8, 8],
    [100, 8],
  ])("of %i characters are %i long", (length, wanted) => {
    expect(pieceLengthOf("x".repeat(length))).toBe(wanted);
  });
});

describe("the hash of a piece", () => {
  it("is the same wherever the piece stands", () => {
    expect(pieceHash("xxTICKETSxx", 2, 7)).toBe(pieceHash("TICKETS", 0, 7));
  });

  it("tells pieces apart that have the same characters in another order", () => {
    const hashes = ["ABCD", "ABDC", "DCBA", "BACD", "AAAA"].map((piece) => pieceHash(piece, 0, 4));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("rolls over a text: a character comes in, the one before the piece goes out", () => {
    for (const length of [2, 4, 8]) {
      let hash = pieceHash(TEXT, 0, length);
      for (let start = 1; start + length <= TEXT.length; start++) {
        const left = Math.imul(TEXT.charCodeAt(start - 1), leavingFactor(length));
        hash = (entering(hash, TEXT.charCodeAt(start + length - 1)) - left) | 0;
        expect(hash).toBe(pieceHash(TEXT, start, length));
      }
    }
  });

  it("is a whole number of 32 bits, however much comes in", () => {
    const hash = pieceHash("\uffff".repeat(100), 0, 100);
    expect(hash | 0).toBe(hash);
  });
});
