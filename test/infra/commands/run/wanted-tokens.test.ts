import { describe, expect, it } from "vitest";
import { wantedTokens } from "../../../../infra/commands/run/wanted-tokens.ts";

const NEEDED = ["Workers Scripts Write", "Workers Routes Write"] as const;

describe("--token", () => {
  it("makes a token with the permissions that it names, in any of Cloudflare's spellings", () => {
    expect(wantedTokens(["reader=Workers Scripts Read, Zone · Workers Routes · Edit"], NEEDED)).toEqual([
      { name: "reader", permissions: ["Workers Scripts Read", "Workers Routes Write"] },
    ]);
  });

  it("makes a token with what is needed where it names none", () => {
    expect(wantedTokens(["ci"], NEEDED)).toEqual([{ name: "ci", permissions: NEEDED }]);
  });

  it.each([
    ["=Workers Scripts Read", "does not begin with a name"],
    ["two words=Zone Read", "does not begin with a name"],
    ["", "does not begin with a name"],
    ["ci=Workers Script Read", "Did you mean Workers Scripts Read?"],
    ["ci=everything", "Use names of Cloudflare's: Workers Scripts Read"],
    ["ci=", "which is not one that is known here"],
    ["ci=Zone Read,", "which is not one that is known here"],
  ])("refuses %j in words", (given, words) => {
    expect(() => wantedTokens([given], NEEDED)).toThrow(words);
  });

  it("refuses a name that is there twice", () => {
    expect(() => wantedTokens(["ci", "ci=Zone Read"], NEEDED)).toThrow("names ci twice");
  });
});
