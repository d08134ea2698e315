import { describe, expect, it } from "vitest";
import { pieceHash } from "../../../worker/matching/piece-hash.ts";
import { Rarity } from "../../../worker/matching/piece-rarity.ts";

/** The rarity among literals of an account of some actions. */
function rarityAmong(literals: readonly string[], actions = literals.length): Rarity {
  const rarity = new Rarity(actions);
  for (const literal of literals) rarity.add(literal);
  return rarity;
}

const hashOf = (piece: string): number => pieceHash(piece, 0, piece.length);

describe("the rarest piece of a literal", () => {
  it("is the one that fewest literals have", () => {
    const rarity = rarityAmong(["/PRODUCT/ONE-BLUE", "/PRODUCT/TWO-BLUE", "/PRODUCT/SIX-BLUE"]);
    expect(rarity.rarestPiece("/PRODUCT/TWO-BLUE")).toEqual({
      length: 8,
      hash: hashOf("/TWO-BLU"),
      count: 1,
    });
  });

  it("is the first of several that are as rare", () => {
    const rarity = rarityAmong(["ABCDEFGHabcdefgh"]);
    expect(rarity.rarestPiece("ABCDEFGHabcdefgh")).toEqual({ length: 8, hash: hashOf("ABCDEFGH"), count: 1 });
  });

  it("may be the last one, which ends where the literal ends", () => {
    const rarity = rarityAmong(["ABCDEFGH12", "ABCDEFGH34"]);
    expect(rarity.rarestPiece("ABCDEFGH34")).toEqual({ length: 8, hash: hashOf("CDEFGH34"), count: 1 });
  });

  it("says how many literals have it at least", () => {
    const rarity = rarityAmong(["ABCD", "ABCD", "ABCD"]);
    expect(rarity.rarestPiece("ABCD").count).toBe(3);
    expect(rarity.rarestPiece("WXYZ").count).toBe(0);
  });

  it("counts each piece of a literal once", () => {
    expect(rarityAmong(["ABCDEFGH"]).rarestPiece("ABCDEFGH").count).toBe(1);
    expect(rarityAmong(["AB", "ABC"]).rarestPiece("AB").count).toBe(2);
  });

  it.each([1, 3, 100, 50_000])("can be told among the literals of %i actions", (actions) => {
    const literals = Array.from({ length: actions }, (_, index) => `/P${index}/`);
    const rarity = rarityAmong(literals, actions);
    const counts = literals.map((literal) => rarity.rarestPiece(literal).count);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    // Where counters were shared by all, every piece would count for all.
    expect(Math.max(...counts)).toBeLessThan(2 + actions / 10);
  });
});
