import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlReadings } from "../../../worker/matching/url-readings.ts";
import { normalizeUrl } from "../../../worker/visitor/url-normalization.ts";

/** Any code units, lone halves of surrogate pairs among them. */
const anyText = fc.array(fc.nat({ max: 0xffff })).map((units) => String.fromCharCode(...units));

describe("the readings of a URL", () => {
  it("is one, for a URL that can be read in one way only", () => {
    for (const url of ["https://shop.example/", "http://shop.example/a/b.html?x=1#y", "https://[::1]/a"])
      expect(urlReadings(url)).toEqual([url]);
  });

  it.each([
    ["an encoded letter", "https://shop.example/%74ickets"],
    ["a letter encoded twice", "https://shop.example/%2574ickets"],
    ["a letter encoded three times", "https://shop.example/%252574ickets"],
    ["an encoded current directory", "https://shop.example/%2e/%74ickets"],
    ["backslashes", "https://shop.example/x\\..\\tickets"],
    ["an encoded slash", "https://shop.example/x%2F..%2ftickets"],
    ["an encoded backslash", "https://shop.example/x%5C..%5ctickets"],
    ["more slashes than one", "https://shop.example//tickets"],
    ["upper case in the host", "https://SHOP.Example/tickets"],
    ["a final dot of the host", "https://shop.example./tickets"],
    ["the default port", "https://shop.example:443/tickets"],
    ["another port", "https://shop.example:8443/tickets"],
    ["an empty port", "https://shop.example:/tickets"],
    ["a user name", "https://user:word@shop.example/tickets"],
    ["all of it", "HTTPS://u@SHOP.example.:8443\\x/%252e%252E\\%74ickets"],
  ])("include the plain URL where it was written with %s", (_what, url) => {
    expect(urlReadings(url)).toContain("https://shop.example/tickets");
    expect(urlReadings(url)).toContain(url);
  });

  it("keep a port that is none of the default ones in the SDK's reading", () => {
    expect(urlReadings("https://shop.example:8443/a")[0]).toBe("https://shop.example:8443/a");
    expect(urlReadings("http://[::1]:8080/a")[0]).toBe("http://[::1]:8080/a");
  });

  it.each([
    ["https://shop.example:443/a", "https://shop.example/a"],
    ["http://shop.example:80/a", "http://shop.example/a"],
    ["https://shop.example:/a", "https://shop.example/a"],
    ["http://shop.example:/a", "http://shop.example/a"],
    ["https://shop.example:80/a", "https://shop.example:80/a"],
    ["http://shop.example:443/a", "http://shop.example:443/a"],
  ])("leave the default port of the scheme out of the SDK's reading, and no other: %s", (url, wanted) => {
    expect(urlReadings(url)[0]).toBe(wanted);
  });

  it("take what is after a colon for a port only where it is digits", () => {
    expect(urlReadings("https://shop.example:80x/a")).toEqual(["https://shop.example:80x/a"]);
    expect(urlReadings("https://[::1]/a")).toEqual(["https://[::1]/a"]);
    expect(urlReadings("https://:80/a")).toContain("https:///a");
    expect(urlReadings("https://a:x:80/b")).toContain("https://a:x/b");
  });

  it("of http are made like those of https", () => {
    expect(urlReadings("http://SHOP.example.:81/%2574ickets")).toContain("http://shop.example/tickets");
  });

  it("touch no address but the one at the beginning", () => {
    const url = "/go/https://SHOP.example.:81/";
    expect(urlReadings(url).every((reading) => reading.includes("SHOP.example."))).toBe(true);
  });

  it("decode as often as servers do, three times in addition to the SDK's own, and no more", () => {
    const encoded = (times: number): string => `https://shop.example/%${"25".repeat(times)}74ickets`;
    expect(urlReadings(encoded(3))).toContain("https://shop.example/tickets");
    expect(urlReadings(encoded(4))).not.toContain("https://shop.example/tickets");
  });

  it("decode every visible character but those that end a path", () => {
    for (let code = 0x21; code < 0x7f; code++) {
      const readings = urlReadings(`https://shop.example/a%25${code.toString(16)}b`);
      const character = String.fromCharCode(code);
      const isDecoded = readings.includes(normalizeUrl(`https://shop.example/a${character}b`));
      expect([character, isDecoded]).toEqual([character, character !== "#" && character !== "?"]);
    }
  });

  it("leave out what follows a semicolon, up to the next slash", () => {
    expect(urlReadings("https://shop.example/a;b=1;c/d;e/f")).toContain("https://shop.example/a/d/f");
    expect(urlReadings("https://shop.example/a;/b")).toContain("https://shop.example/a/b");
    expect(urlReadings("https://shop;x.example/a")).toEqual(["https://shop;x.example/a"]);
    expect(urlReadings("https://shop.example/a?b;c")).toEqual(["https://shop.example/a?b;c"]);
  });

  it("decode neither a query nor what would begin one", () => {
    expect(urlReadings("https://shop.example/a?next=%252Ftickets%2F")).toEqual([
      "https://shop.example/a?next=%252Ftickets%2F",
    ]);
    expect(urlReadings("https://shop.example/a%3Fb%23c")).toEqual(["https://shop.example/a%3Fb%23c"]);
  });

  it("can be said of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const url of [text, `https://${text}`]) {
          expect(urlReadings(url)).toContain(url);
          expect(urlReadings(url).length).toBeLessThanOrEqual(4);
        }
      }),
    );
  });

  // A step whose work grows with the square of the length would take minutes, which is a failure here.
  it.each([":1", "@", ".", "%25", "%2f", "%5c..", "a:", "://"])(
    "take time in proportion to a URL of 400,000 characters: %s",
    (repeated) => {
      const long = repeated.repeat(400_000 / repeated.length);
      expect(urlReadings(`https://${long}`)).toContain(`https://${long}`);
      expect(urlReadings(`https://shop.example/${long}x`)[0]).toMatch(/^https:\/\/shop\.example\//);
    },
  );
});
