import { DefaultNormalizationProvider } from "@queue-it/connector-javascript";
import fc from "fast-check";
import { expect, it } from "vitest";
import { normalizeUrl } from "../../worker/url-normalization.ts";

const piece = fc.constantFrom(
  "%20",
  "?",
  "/",
  "//",
  ".",
  "..",
  "\\",
  "%41",
  "%2e",
  "ß",
  "\ud800",
  "\n",
  "a",
  ":",
  "#",
  " ",
);
const url = fc.array(piece, { maxLength: 30 }).map((pieces) => `https://shop.example${pieces.join("")}`);

it("a URL is normalized exactly as by the SDK's own provider", () => {
  const sdk = new DefaultNormalizationProvider();
  fc.assert(
    fc.property(fc.oneof(url, fc.string({ unit: "binary" })), (text) => {
      expect(normalizeUrl(text)).toBe(sdk.normalizeUrl(text));
    }),
    { numRuns: 2000 },
  );
});
