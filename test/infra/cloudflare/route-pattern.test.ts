import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareSpecificity,
  covers,
  parsePattern,
  patternMatches,
  type RoutePattern,
} from "../../../infra/cloudflare/route-pattern.ts";
import { runs } from "../../support/runs.ts";

function pattern(text: string): RoutePattern {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(`${text} ${parsed.problem}`);
  return parsed.pattern;
}

const matches = (text: string, url: string) => patternMatches(pattern(text), new URL(url));

describe("a route pattern", () => {
  it.each([
    ["example.com", "example.com/"],
    ["Shop.EXAMPLE.com/Sale*", "shop.example.com/Sale*"],
    ["HTTPS://*.example.com/images/*", "https://*.example.com/images/*"],
    ["münchen.example.com/*", "xn--mnchen-3ya.example.com/*"],
    ["*.münchen.example/*", "*.xn--mnchen-3ya.example/*"],
    ["*-preview.example.com/*", "*-preview.example.com/*"],
    ["*/*", "*/*"],
  ])("reads %s as %s", (text, canonical) => {
    expect(pattern(text).text).toBe(canonical);
  });

  it.each([
    ["example.com/*.jpg", /\* inside its path/],
    ["shop.*.com/", /\* inside its host/],
    ["**.example.com/", /\* inside its host/],
    ["example.com/?sale=*", /query string/],
    ["example.com?sale", /query string/],
    ["example.com/#top", /#/],
    ["ftp://example.com/", /scheme "ftp"/],
    ["example.com:8080/*", /port/],
    ["me@example.com/*", /user name/],
    ["/only/a/path", /is empty/],
    ["", /is empty/],
    ["localhost/*", /full hostname/],
    ["*.com/*", /full hostname/],
    ["-shop.example.com/*", /not a valid hostname/],
    ["shop..example.com/*", /not a valid hostname/],
    ["192.168.0.1/*", /not a valid hostname/],
    ["example.com/a b/*", /cannot occur in a URL/],
    ["example.com/../etc", /cannot occur in a URL/],
    ["example.com/café*", /cannot occur in a URL/],
    ["example.com\\a", /cannot occur in a URL/],
  ])("is refused when it is %j", (text, problem) => {
    expect(parsePattern(text)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(problem) as string,
    });
  });

  it("is never refused without a remedy, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const parsed = parsePattern(text);
        expect(parsed.ok || (parsed.problem !== "" && parsed.remedy !== "")).toBe(true);
      }),
    );
  });

  it("reads its own canonical text as itself", () => {
    fc.assert(
      fc.property(patterns, (text) => {
        expect(pattern(pattern(text).text)).toEqual(pattern(text));
      }),
    );
  });
});

describe("matching", () => {
  it.each([
    ["example.com", "https://example.com/"],
    ["example.com", "http://example.com/"],
    ["https://example.com/*", "https://example.com/a"],
    ["*.example.com/*", "https://a.b.example.com/x?y"],
    ["*example.com/*", "https://example.com/"],
    ["*example.com/*", "https://notexample.com/"],
    ["example.com/path*", "https://example.com/path2?x=1"],
    ["example.com/path*", "https://example.com/path/readme.txt"],
    ["münchen.example.com/*", "https://münchen.example.com/"],
  ])("%s matches %s", (text, url) => {
    expect(matches(text, url)).toBe(true);
  });

  it.each([
    ["https://example.com/*", "http://example.com/a"],
    ["*.example.com/*", "https://example.com/"],
    ["*.example.com/*", "https://notexample.com/"],
    ["example.com/*", "https://www.example.com/"],
    ["example.com/Images/*", "https://example.com/images/a"],
    ["example.com/cat.png", "https://example.com/cat.png?size=2"],
    ["example.com/images/*", "https://example.com/images"],
  ])("%s does not match %s", (text, url) => {
    expect(matches(text, url)).toBe(false);
  });
});

describe("specificity", () => {
  // The first three are Cloudflare's own examples; see the sources at compareSpecificity.
  it.each([
    ["www.example.com/*", "*.example.com/*"],
    ["a.example.com/*", "*.example.com/a"],
    ["a.example.com/*", "*.example.com/a/b/c"],
    ["example.com/images*", "example.com/images/*"],
    ["example.com/hello/*", "example.com/*"],
    ["example.com/images/cat.png", "example.com/images/*"],
    ["example.com/*", "*example.com/*"],
    ["example.com/abc", "example.com/ab*"],
    ["https://example.com/*", "example.com/*"],
    ["example.com/static/*", "*/*"],
  ])("%s wins over %s", (winner, loser) => {
    expect(compareSpecificity(pattern(winner), pattern(loser))).toBeLessThan(0);
    expect(compareSpecificity(pattern(loser), pattern(winner))).toBeGreaterThan(0);
  });

  it("is a total preorder", () => {
    fc.assert(
      fc.property(patterns, patterns, patterns, (x, y, z) => {
        const [a, b, c] = [pattern(x), pattern(y), pattern(z)];
        expect(compareSpecificity(a, a)).toBe(0);
        expect(Math.sign(compareSpecificity(a, b)) + Math.sign(compareSpecificity(b, a))).toBe(0);
        if (compareSpecificity(a, b) <= 0 && compareSpecificity(b, c) <= 0) {
          expect(compareSpecificity(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it("never ties two different patterns of one URL", () => {
    fc.assert(
      fc.property(patternsOfOneUrl, ([a, b]) => {
        fc.pre(a.text !== b.text);
        expect(compareSpecificity(a, b)).not.toBe(0);
      }),
    );
  });
});

describe("covering", () => {
  it("means that every URL of the covered pattern matches the covering one, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(patterns.map(pattern), patterns.map(pattern)), patternsOfOneUrl),
        ([a, b]) => {
          const found = witnesses(b);
          expect(found.every((url) => patternMatches(b, url))).toBe(true);
          expect(covers(a, b)).toBe(found.every((url) => patternMatches(a, url)));
        },
      ),
      { numRuns: runs(100, 500) },
    );
  });

  it.each([
    ["example.com/*", "example.com/static/*"],
    ["*.example.com/*", "https://a.example.com/x"],
    ["*example.com/*", "*.example.com/*"],
    ["example.com/images*", "example.com/images/*"],
  ])("%s covers %s and not the other way round", (wide, narrow) => {
    expect([covers(pattern(wide), pattern(narrow)), covers(pattern(narrow), pattern(wide))]).toEqual([
      true,
      false,
    ]);
  });
});

const hosts = fc.constantFrom("example.com", "a.example.com", "b.a.example.com", "notexample.com");
const paths = fc
  .array(fc.constantFrom("", "a", "ab", "images"), { maxLength: 3 })
  .map((segments) => `/${segments.join("/")}`);
const patterns = fc
  .tuple(
    fc.constantFrom("", "http://", "https://"),
    fc.oneof(
      hosts,
      hosts.map((host) => `*${host}`),
      hosts.map((host) => `*.${host}`),
    ),
    paths,
    fc.constantFrom("", "*"),
  )
  .map((parts) => parts.join(""));
const urls = fc
  .tuple(fc.constantFrom("http", "https"), hosts, paths, fc.constantFrom("", "?q=1"))
  .map(([scheme, host, path, query]) => new URL(`${scheme}://${host}${path}${query}`));

/** Two patterns that match one URL. */
const patternsOfOneUrl = urls.chain((url) => {
  const labels = url.hostname.split(".");
  const path = url.pathname + url.search;
  const matching = fc
    .tuple(
      fc.constantFrom("", `${url.protocol}//`),
      fc.oneof(
        fc.constantFrom(url.hostname, `*${url.hostname}`),
        fc.integer({ min: 1, max: labels.length - 1 }).map((from) => `*.${labels.slice(from).join(".")}`),
      ),
      url.search === ""
        ? fc.oneof(
            fc.constant(path),
            fc.nat(path.length - 1).map((end) => `${path.slice(0, end + 1)}*`),
          )
        : fc.nat(url.pathname.length - 1).map((end) => `${path.slice(0, end + 1)}*`),
    )
    .map((parts) => parts.join(""))
    // `*.com` is all that would be left of a host with two labels, and is no pattern.
    .filter((text) => parsePattern(text).ok)
    .map(pattern);
  return fc.tuple(matching, matching);
});

/** URLs that a pattern matches, one for each way another pattern may be narrower. */
function witnesses(of: RoutePattern): URL[] {
  const schemes = of.scheme === undefined ? ["http", "https"] : [of.scheme];
  const names = of.hostWildcard ? [`zz${of.host}`, of.host.replace(/^\./, "zz.")] : [of.host];
  const tails = of.pathWildcard ? ["", "zz"] : [""];
  return schemes.flatMap((scheme) =>
    names.flatMap((name) => tails.map((tail) => new URL(`${scheme}://${name}${of.path}${tail}`))),
  );
}
