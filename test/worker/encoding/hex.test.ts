import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHex } from "../../../worker/encoding/hex.ts";

const encoder = new TextEncoder();

describe("hexadecimal", () => {
  it("is decoded as Node does, in either case", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.boolean(), (bytes, upper) => {
        const hex = Buffer.from(bytes).toString("hex");
        expect(decodeHex(encoder.encode(upper ? hex.toUpperCase() : hex))).toEqual(bytes);
      }),
    );
  });

  it.each(["", "7", "zz", "7g", "g7", "/0", "0:", "@0", "0`", " 7"])("is not %j", (text) => {
    expect(decodeHex(encoder.encode(text))).toBeUndefined();
  });
});
