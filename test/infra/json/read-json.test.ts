import fc from "fast-check";
import { LosslessNumber, stringify } from "lossless-json";
import { describe, expect, it } from "vitest";
import { DEEPEST, readJson, UnreadableJson } from "../../../infra/json/read-json.ts";

function reason(text: string): string {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof UnreadableJson) return error.reason;
    throw error;
  }
  return "none";
}

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("JSON that others wrote", () => {
  it("is read as JavaScript reads it, where that loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(readJson(text))).toBe(text);
      }),
    );
  });

  it.each([
    "9007199254740993",
    "-9007199254740993",
    "1e400",
    "1e-400",
    "1.0",
    "-0",
    "1E2",
    "0.1000000000000000055",
  ])("keeps the number %s as it was written, wherever it is", (literal) => {
    expect(readJson(literal)).toEqual(new LosslessNumber(literal));
    for (const text of [`{"a":[${literal}]}`, `[1,"\\\\",${literal},"\\"${literal}"]`]) {
      expect(stringify(readJson(text))).toBe(text);
    }
  });

  it("has numbers that JavaScript can count with everywhere else", () => {
    expect(readJson('{"a":1,"b":-2.5,"c":9007199254740991,"d":1.0}')).toMatchObject({
      a: 1,
      b: -2.5,
      c: 2 ** 53 - 1,
    });
  });

  it("keeps a name that objects inherit", () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"n":1.0}';
    expect(stringify(readJson(text))).toBe(text);
  });

  it.each([
    ["cut off", '{"a":1', "syntax"],
    ["no JSON", "{'a':1}", "syntax"],
    ["a name twice", '{"a":1,"a":2}', "name-twice"],
    ["a name twice, deep inside and written otherwise", '[{"b":{"a":1.0,"\\u0061":1.0}}]', "name-twice"],
    ["as deep as allowed", nested(DEEPEST), "none"],
    ["deeper", nested(DEEPEST + 1), "depth"],
    ["20,000 deep", '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000), "depth"],
    ["colons and brackets in texts", '{"a:b":"[[[{{{:::\\":","c":[]}', "none"],
  ])("is refused or not: %s", (_name, text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it("is refused without a word of it", () => {
    expect(new UnreadableJson("syntax").message).toBe("it is not JSON");
  });
});
