import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTarget, withToken } from "../../../../infra/local/queue-it/target.ts";
import { localUrl } from "./fixture.ts";

const SITES = ["shop.example.com", "tickets.example.com"];
const read = (text: string) => readTarget(text, SITES, localUrl);

/** Characters that a URL may hold as they are. */
const urlText = fc.string({
  unit: fc.constantFrom(...Array.from("abcXYZ019-._~:/?[]@!$&'()*+,;=%|^`{}\"<>\\")),
});

function tokenAdded(url: string, token: string): string {
  const target = read(url);
  if (target === undefined) throw new Error(`${url} is not a target.`);
  return withToken(target, token);
}

describe("a target URL with its token", () => {
  it("is byte for byte what it was, apart from the token", () => {
    fc.assert(
      fc.property(urlText, urlText, urlText, (path, query, fragment) => {
        const url = `https://shop.example.com/${path}?${query}#${fragment}`;
        expect(tokenAdded(url, "e_x~h_y").replace("&queueittoken=e_x~h_y", "")).toBe(url);
      }),
    );
  });

  it.each([
    ["https://shop.example.com", "https://shop.example.com?queueittoken=T"],
    ["https://shop.example.com/a", "https://shop.example.com/a?queueittoken=T"],
    ["https://shop.example.com/a?", "https://shop.example.com/a?&queueittoken=T"],
    ["https://shop.example.com/a?b=%2f&c", "https://shop.example.com/a?b=%2f&c&queueittoken=T"],
    ["https://shop.example.com/a#?b", "https://shop.example.com/a?queueittoken=T#?b"],
    ["https://shop.example.com/a?b#c#d", "https://shop.example.com/a?b&queueittoken=T#c#d"],
  ])("of %s is %s", (url, expected) => {
    expect(tokenAdded(url, "T")).toBe(expected);
  });

  it("fits into a Location header, whatever was typed as a forced target URL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const location = tokenAdded(`https://shop.example.com/${text.replaceAll("#", "")}`, "T");
        expect(new Headers({ location }).get("location")).toBe(location);
      }),
    );
  });
});

describe("a target URL", () => {
  it("may be a page's local address, as in an AJAX call, and is made real", () => {
    expect(read("http://tickets.example.com.localhost:8787/stock?x=1")).toEqual({
      url: "https://tickets.example.com/stock?x=1",
      hostname: "tickets.example.com",
    });
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/tickets",
    "",
    "javascript:alert(1)",
    "https://shop.example.com.evil.example/",
    "https://shop.example.com@evil.example/",
    "https://shop.example.com:443@evil.example/",
    "https://shop.example.com\\@evil.example/",
    "https://shop.example.com:8443/",
    "https://user@shop.example.com/",
    " https://shop.example.com/",
    "http://shop.example.com/",
    "https:/shop.example.com/",
    "https://evil.example/?https://shop.example.com/",
  ])("of another place is refused: %s", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("never leads anywhere but to a site, whatever follows the site's name", () => {
    fc.assert(
      fc.property(urlText, (rest) => {
        const target = read(`https://shop.example.com${rest}`);
        if (target !== undefined) expect(new URL(withToken(target, "T")).host).toBe("shop.example.com");
      }),
    );
  });
});
