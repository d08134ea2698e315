import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { padded, wrap } from "../../../infra/text/wrap.ts";

describe("breaking a text into lines", () => {
  it("breaks at spaces, and lets the other lines hang", () => {
    expect(wrap("  ✓ ", "one two three four five six", { columns: 24 })).toEqual([
      "  ✓ one two three four",
      "    five six",
    ]);
  });

  it("counts two columns for letters and pictures that take two", () => {
    expect(wrap("", "チケット 売り場の待合室 入口", { columns: 24 })).toEqual([
      "チケット 売り場の待合室",
      "入口",
    ]);
    expect(wrap("", "🎫🎫🎫🎫🎫🎫 🎫🎫🎫🎫🎫🎫", { columns: 20 })).toHaveLength(2);
  });

  it("breaks a word that is too long, but no letter and no family of emoji", () => {
    expect(wrap("", "👨‍👩‍👧‍👦".repeat(11), { columns: 20 })).toEqual(["👨‍👩‍👧‍👦".repeat(10), "👨‍👩‍👧‍👦"]);
  });

  it("keeps an address in one piece where it is there to be copied", () => {
    const url = `https://shop.example.com/${"a".repeat(60)}`;
    expect(wrap("", `Open ${url} now`, { columns: 40, keepsWords: true })).toEqual(["Open", url, "now"]);
  });

  it("counts colours for nothing", () => {
    expect(wrap("\u001b[31m✗\u001b[39m ", "one two three four five", { columns: 22 })).toEqual([
      "\u001b[31m✗\u001b[39m one two three four",
      "  five",
    ]);
  });

  it("never makes a line wider than the terminal, whatever letters and widths", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 24, max: 120 }), (text, columns) => {
        const lines = wrap("  - ", text, { columns });
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        const letters = (whole: string) => whole.replaceAll(/\s/g, "");
        expect(letters(lines.join(""))).toBe(letters(`-${text}`));
      }),
    );
  });
});

it("pads what is shown, not what is written", () => {
  expect(padded("界", 4)).toBe("界  ");
});
