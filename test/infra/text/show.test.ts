import { describe, expect, it } from "vitest";
import { printable } from "../../../infra/text/printable.ts";
import { show } from "../../../infra/text/show.ts";

describe("a value that is shown", () => {
  it.each([
    ["an Arabic letter mark", "\u061c", String.raw`\u061c`],
    ["a soft hyphen", "\u00ad", String.raw`\u00ad`],
    ["a word joiner", "\u2060", String.raw`\u2060`],
    ["a right-to-left override", "\u202e", String.raw`\u202e`],
    ["a tag that nobody sees", "\u{e0041}", String.raw`\u{e0041}`],
    ["a control character", "\u009b", String.raw`\u009b`],
  ])("has %s as an escape, as every text for a terminal has it", (_name, character, escape) => {
    expect(show(`shop${character}.pl`)).toBe(`"shop${escape}.pl"`);
    expect(printable(`shop${character}.pl`)).toBe(`shop${escape}.pl`);
  });

  it("is shortened, and is no secret", () => {
    expect(show("x".repeat(100))).toBe(`"${"x".repeat(79)}…"`);
    expect(show("12345678-1234-1234-1234-123456789abc".repeat(2))).not.toContain("1234");
    expect(show({ pasted: "anything" })).toBeUndefined();
  });
});
