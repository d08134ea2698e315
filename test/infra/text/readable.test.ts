import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readable } from "../../../infra/text/readable.ts";

describe("a text for people", () => {
  it.each([
    ["shop.xn--zajzyk-y4a.pl/*", "shop.zajęzyk.pl/* (shop.xn--zajzyk-y4a.pl)"],
    [
      "Waiting for shop.xn--zajzyk-y4a.pl: no answer.",
      "Waiting for shop.zajęzyk.pl (shop.xn--zajzyk-y4a.pl): no answer.",
    ],
    [
      "at https://shop.xn--zajzyk-y4a.pl/tickets, and more",
      "at https://shop.zajęzyk.pl/tickets (shop.xn--zajzyk-y4a.pl), and more",
    ],
  ])("has hostnames in their own letters beside their punycode", (text, expected) => {
    expect(readable(text)).toBe(expected);
  });

  it("stays as it is when it is readable already", () => {
    const words = fc.constantFrom(
      "shop.xn--zajzyk-y4a.pl/*",
      "https://xn--80ak6aa92e.com/a",
      "(staging.xn--zajzyk-y4a.pl)",
      '"xn--zajzyk-y4a.pl",',
      "a.dk:",
      "(",
    );
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const once = readable(parts.join(" "));
        expect(readable(once)).toBe(once);
        expect(readable(`error: ${once}`)).toBe(`error: ${once}`);
      }),
    );
  });

  it("tells letters that look alike apart", () => {
    expect(readable("xn--80ak6aa92e.com")).toContain("(xn--80ak6aa92e.com)");
  });

  it.each(["http://shop.xn--zajzyk-y4a.pl.localhost:8787/", "xn--a.example.com", "xn--shop-.example.com"])(
    "leaves alone what is to be opened, or is no punycode: %s",
    (text) => {
      expect(readable(text)).toBe(text);
    },
  );

  it("is the same text where no hostname is in punycode", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readable(text) === text));
  });

  it("takes no time to speak of, however long it is", () => {
    const long = `${"a-".repeat(500_000)} xn--${"a.".repeat(500_000)}`;
    expect(readable(long)).toBe(long);
  });
});
