import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode, toHeaderUrl } from "../../../worker/encoding/percent-encoding.ts";
import { redirectForAjax, redirectTo } from "../../../worker/answers/response.ts";

/** Texts down to halves of characters. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units));

describe("percent-encoding", () => {
  it("never fails, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(encode(text)).toMatch(/^[\x21-\x7e]*$/);
        expect(toHeaderUrl(text)).toMatch(/^[\x21-\x7e]*$/);
        expect(typeof decode(text)).toBe("string");
      }),
    );
  });

  it("gives back every whole text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(decode(encode(text))).toBe(text);
      }),
    );
  });

  it("leaves a URL alone that is already safe, well encoded or not", () => {
    const url = "https://shop.example/a%zz?b=%C3%9F&c='(*)'#d";
    expect(toHeaderUrl(url)).toBe(url);
  });
});

describe("a redirect", () => {
  it.each([
    ["https://shop.example/ß 🎟\r\nx: y", "https://shop.example/%C3%9F%20%F0%9F%8E%9F%0D%0Ax:%20y"],
    ["https://shop.example/\ud800", "https://shop.example/%EF%BF%BD"],
  ])("to %j fits into its header", (url, encoded) => {
    expect(redirectTo(url, []).headers.get("location")).toBe(encoded);
    const ajax = redirectForAjax(url, []).headers.get("x-queueit-redirect") ?? "";
    expect(decodeURIComponent(ajax)).toBe(encoded);
  });
});
