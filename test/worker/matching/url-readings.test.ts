import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlReadings } from "../../../worker/matching/url-readings.ts";

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
