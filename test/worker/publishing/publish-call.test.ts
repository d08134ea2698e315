import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPublishCall } from "../../../worker/publishing/publish-call.ts";

const encoder = new TextEncoder();
const HASH = "0123456789abcdef".repeat(4);

function read(text: string): { hash: string; integrationInfo: string } | undefined {
  const call = readPublishCall(encoder.encode(text));
  const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
  return call && { hash: textOf(call.hash), integrationInfo: textOf(call.integrationInfo) };
}

describe("the flat shape of a publish call", () => {
  it("is read as JSON would be, with blanks, other members and in any order", () => {
    const blank = fc.constantFrom("", " ", "\r\n\t");
    const member = fc.constantFrom('"version":7', '"a":"b"', '"c":true', '"d":null', '"e":-1.5e+3', '"f":""');
    const call = fc
      .tuple(
        fc.shuffledSubarray([`"hash":"${HASH}"`, '"integrationInfo":"7b7d"'], { minLength: 2 }),
        fc.array(member, { maxLength: 3 }),
        blank,
      )
      .map(
        ([needed, others, space]) =>
          `${space}{${space}${[...needed, ...others].join(`${space},${space}`).replaceAll(":", `${space}:${space}`)}${space}}${space}`,
      );
    fc.assert(
      fc.property(call, (text) => {
        const { hash, integrationInfo } = JSON.parse(text) as { hash: string; integrationInfo: string };
        expect(read(text)).toEqual({ hash, integrationInfo });
      }),
    );
  });

  it("is never read from what is not JSON", () => {
    const valid = `{"hash":"${HASH}","integrationInfo":"7b7d","n":1}`;
    const damaged = fc
      .record({
        at: fc.nat(valid.length),
        cut: fc.nat(3),
        put: fc.constantFrom("", '"', "\\", "{", "}", ",", ":", "x", "["),
      })
      .map(({ at, cut, put }) => valid.slice(0, at) + put + valid.slice(at + cut));
    let refused = 0;
    fc.assert(
      fc.property(damaged, (text) => {
        const call = read(text);
        if (call === undefined) refused++;
        // What is read need not be JSON to the letter; what it says is what the letters say, and signed as a
        // whole.
        else expect(text).toContain(call.integrationInfo);
      }),
    );
    expect(refused).toBeGreaterThan(20);
  });

  it.each(["", "null", "[]", "{}", "7", '{"hash":{},"integrationInfo":"7b"}'])(
    "is not there in %j",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  const members = `"hash":"${HASH}","integrationInfo":"7b7d"`;
  const call = { hash: HASH, integrationInfo: "7b7d" };

  it.each([
    ["anything after it", `{${members}} x`],
    ["an end of another kind", `{${members}]`],
    ["no end", `{${members}`],
    ["a comma at its end", `{${members},}`],
    ["another beginning", `[${members}}`],
    ["no colon", `{"hash" "${HASH}","integrationInfo":"7b7d"}`],
    ["another sign for a colon", `{"hash";"${HASH}","integrationInfo":"7b7d"}`],
    ["no comma", `{"hash":"${HASH}" "integrationInfo":"7b7d"}`],
    ["a text without end", `{"integrationInfo":"7b7d","hash":"${HASH}}`],
    ["a name without quotes", `{hash:"${HASH}","integrationInfo":"7b7d"}`],
    ["no hash", '{"integrationInfo":"7b7d"}'],
    ["no configuration", `{"hash":"${HASH}"}`],
    ["a list among its members", `{"a":[],${members}}`],
  ])("is not there with %s", (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  it("has sixteen members at most", () => {
    const others = (count: number): string =>
      Array.from({ length: count }, (_, index) => `"m${index}":${index}`).join(",");
    expect(read(`{${others(14)},${members}}`)).toEqual(call);
    expect(read(`{${others(15)},${members}}`)).toBeUndefined();
  });

  it("has 256 blanks in a row at most, wherever they stand", () => {
    const texts = (blanks: string): string[] => [
      `${blanks}{${members}}`,
      `{${blanks}${members}}`,
      `{"a"${blanks}:1,${members}}`,
      `{"a":${blanks}1,${members}}`,
      `{"a":1${blanks},${members}}`,
      `{"a":1,${blanks}${members}}`,
      `{${members}${blanks}}`,
      `{${members}}${blanks}`,
    ];
    for (const blank of [" ", "\n", "\r", "\t"]) {
      for (const text of texts(blank.repeat(256))) expect(read(text)).toEqual(call);
      for (const text of texts(blank.repeat(257))) expect(read(text)).toBeUndefined();
    }
    for (const other of ["\u000b", "\u00a0", "\0"])
      for (const text of texts(other)) expect(read(text)).toBeUndefined();
  });

  it("has plain values of 256 characters at most", () => {
    expect(read(`{"a":${"1".repeat(256)},${members}}`)).toEqual(call);
    expect(read(`{"a":${"1".repeat(257)},${members}}`)).toBeUndefined();
  });

  it("may have names of any length, of which those of its own members are the whole", () => {
    expect(read(`{"${"x".repeat(1_000_000)}":1,${members}}`)).toEqual(call);
    expect(read(`{"hashes":"${HASH}","integrationInfo":"7b7d"}`)).toBeUndefined();
  });
});
