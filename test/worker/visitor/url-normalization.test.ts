import { DefaultNormalizationProvider } from "@queue-it/connector-javascript";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeUrl } from "../../../worker/visitor/url-normalization.ts";
import { runs } from "../../support/runs.ts";

const sdk = new DefaultNormalizationProvider();

const SURROGATES = /[\ud800-\udfff]+/g;

/**
 * Pieces that steps look at, that meet across their borders, or that regular expressions do not match with a
 * dot.
 */
const piece = fc.constantFrom(
  ...[
    "/",
    "/",
    "//",
    "///",
    "\\",
    ".",
    "..",
    "/.",
    "/..",
    "/./",
    "/../",
    "./",
    "../",
    "\\..",
    "%2e",
    "%2E%2e/",
  ],
  ...["?", "#", "&", ":", "::", ":/", "://", "@", "a", "A", "index.html", "shop.example", "+", " ", "%20"],
  ...[
    "%",
    "%%",
    "%4",
    "%41",
    "%7e",
    "%7E",
    "%5f",
    "%2f",
    "%5c",
    "%5C",
    "%25",
    "%2574",
    "%c3%9f",
    "%C3%9f",
    "%zz",
  ],
  ...[
    "ß",
    "İ",
    "ﬁ",
    "€",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u2028",
    "\u2029",
    "\n",
    "\r",
    "\t",
    "\v",
    "\f",
    "\0",
  ],
  ...["😀", "\ud83d", "\ude00", "\ud800", "\udfff", "[", "]", "{", "|", '"', "'", "<", "^", "`", "~", "*"],
);
const rest = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
const start = fc.constantFrom(
  "https://shop.example",
  "http://a",
  "https:/",
  "HTTP://a",
  "shop.example",
  "//",
  "",
);
const url = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(start, rest).map((parts) => parts.join("")) },
  fc.array(fc.nat({ max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
);

describe("the normalization of a URL", () => {
  it("is exactly the SDK's own, whatever the URL, where the SDK has one", () => {
    const cases = { all: 0, ofTheSdk: 0, changed: 0, withDotSegments: 0 };
    fc.assert(
      fc.property(url, (text) => {
        const normalized = normalizeUrl(text);
        // The SDK gives up at a surrogate; with all of them encoded, as a browser does it, it does not.
        const encoded = text.replace(SURROGATES, (part) => encodeURIComponent(part.toWellFormed()));
        expect(normalized).toBe(sdk.normalizeUrl(encoded));
        cases.all++;
        if (encoded === text) cases.ofTheSdk++;
        if (normalized !== text) cases.changed++;
        if (/[/\\](?:\.|%2e){1,2}(?:[/\\?#]|$)/i.test(text)) cases.withDotSegments++;
      }),
      { numRuns: runs(2000, 20_000) },
    );
    expect(cases.all).toBe(runs(2000, 20_000));
    expect(cases.ofTheSdk).toBeGreaterThan(cases.all * 0.4);
    expect(cases.changed).toBeGreaterThan(cases.all * 0.6);
    expect(cases.withDotSegments).toBeGreaterThan(cases.all * 0.1);
  });

  it.each([
    ["a character outside the BMP", "/%74ickets?x=😀", "/tickets?x=%F0%9F%98%80"],
    ["half a surrogate pair", "/%74ickets?x=\ud83d", "/tickets?x=%EF%BF%BD"],
    ["the two halves the wrong way round", "/%74ickets/\ude00\ud83d", "/tickets/%EF%BF%BD%EF%BF%BD"],
    ["such a character among dot segments", "/😀/%2e%2e/%74ickets", "/tickets"],
    ["a line separator in a fragment", "/%74ickets#\u2028\nx", "/tickets#%E2%80%A8%0Ax"],
    ["no path at all", "", "/"],
    ["nothing but a query", "?%74", "/?t"],
  ])("is not stopped by %s", (_what, written, normal) => {
    expect(normalizeUrl(`https://shop.example${written}`)).toBe(`https://shop.example${normal}`);
  });

  // One step whose work grows with the square of the length would take more than the five seconds of a test.
  it.each([
    ["backslashes and dots", "\\.."],
    ["encoded parents", "%2e%2e/"],
    ["directories and parents", "/a/.."],
    ["current directories", "/."],
    ["slashes", "/"],
    ["colons and slashes", ":/"],
    ["spaces", " "],
    ["encoded spaces", "%20"],
    ["percent signs", "%"],
    ["halves of surrogate pairs", "\ud83d"],
    ["dots", "."],
    ["question marks and hashes", "?#"],
  ])("takes time in proportion to a URL of a million characters: %s", (_what, repeated) => {
    const tail = repeated.repeat(1_000_000 / repeated.length);
    expect(normalizeUrl(`https://shop.example/${tail}x`)).toMatch(/^https:\/\/shop\.example\//);
  });
});
