import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJson } from "../../../infra/plan/report/json.ts";
import { jsonText } from "../../../infra/text/printable.ts";
import { runIn } from "../commands/cli.ts";

/** What a terminal obeys: C0 but line ends, DEL, C1, and signs that hide or turn text around. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const HOSTILE = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\u001b",
      "\u009b",
      "\u009d",
      "\u0007",
      "\u007f",
      "\u202e",
      "\u2066",
      "\u200b",
      "\u2028",
      "\u{e0001}",
    ),
    fc.string({ unit: "grapheme", maxLength: 1 }),
  ),
});

describe("JSON that is printed", () => {
  it("moves no cursor, and means what it did, whatever is in it", () => {
    fc.assert(
      fc.property(fc.dictionary(HOSTILE, HOSTILE), (value) => {
        for (const text of [jsonText(value), toJson(value).slice(0, -1)]) {
          expect(OBEYED.test(text.replaceAll("\n", ""))).toBe(false);
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
  });
});

describe("an argument that is refused", () => {
  it.each([["\u001b]8;;https://evil.example\u0007x"], ["\u009b2J"], ["\u202eplan"]])(
    "is repeated without what a terminal obeys: %j",
    async (argument) => {
      for (const args of [[argument], ["plan", "staging", `--${argument}`], ["bundle", argument]]) {
        const { stderr } = await runIn({}, ...args);
        expect(OBEYED.test(stderr.replaceAll("\n", "")), JSON.stringify(stderr)).toBe(false);
      }
    },
  );
});
