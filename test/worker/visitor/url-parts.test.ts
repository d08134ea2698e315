import { UrlValidatorHelper } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigHelpers.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlParts } from "../../../worker/visitor/url-parts.ts";
import { runs } from "../../support/runs.ts";

describe("the parts of a URL", () => {
  it("are its host with port, and its path without query", () => {
    expect(urlParts("https://shop.example:8443/sale/today?size=2#top")).toEqual({
      host: "shop.example:8443",
      path: "/sale/today",
    });
  });

  it("are where the SDK finds them, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(":", "/", "//", "?", "#", "://", "https:", "\n", "\\", "@"),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true })), (url) => {
        expect(urlParts(url)).toEqual({
          host: UrlValidatorHelper.getHostNameFromUrl(url),
          path: UrlValidatorHelper.getPathFromUrl(url),
        });
      }),
      { numRuns: runs(2000, 20_000) },
    );
  });
});
