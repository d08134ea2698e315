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
});
