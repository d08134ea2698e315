import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createSigner, equalInConstantTime } from "../../../worker/encoding/hmac.ts";
import { hmac } from "../support/tokens.ts";

const text = fc.string({ unit: "binary" });

describe("the signer", () => {
  it("agrees with Node's HMAC-SHA256 for every key and text", () => {
    fc.assert(
      fc.property(text, text, (key, message) => {
        expect(createSigner(key)(message)).toBe(hmac(message, key));
      }),
    );
  });

  it("gives the same signature again: one text leaves no trace in the next", () => {
    const sign = createSigner("fake key");
    const first = sign("a");
    sign("b");
    expect(sign("a")).toBe(first);
  });
});

describe("the comparison in constant time", () => {
  it("is equality", () => {
    const close = fc.tuple(text, text, fc.boolean()).map(([a, b, same]) => [a, same ? a : b] as const);
    fc.assert(
      fc.property(close, ([a, b]) => {
        expect(equalInConstantTime(a, b)).toBe(a === b);
      }),
    );
  });

  it("tells a text from its own beginning", () => {
    expect(equalInConstantTime("abc", "ab")).toBe(false);
    expect(equalInConstantTime("ab", "abc")).toBe(false);
    expect(equalInConstantTime("", "a")).toBe(false);
  });

  it("reads as many bytes wherever the texts differ", () => {
    let reads = 0;
    const encode = vi.spyOn(TextEncoder.prototype, "encode").mockImplementation(
      (plain) =>
        new Proxy(new Uint8Array(Buffer.from(plain ?? "")), {
          get(bytes, name) {
            if (typeof name === "string" && /^\d+$/.test(name)) reads++;
            return Reflect.get(bytes, name, bytes) as unknown;
          },
        }),
    );
    onTestFinished(() => {
      encode.mockRestore();
    });
    const right = "0123456789abcdef";
    const readsFor = (guess: string): number => {
      reads = 0;
      equalInConstantTime(right, guess);
      return reads;
    };
    const counts = [right, `x${right.slice(1)}`, `${right.slice(0, -1)}x`, "x".repeat(16)].map(readsFor);
    expect(counts).toEqual([32, 32, 32, 32]);
  });
});
