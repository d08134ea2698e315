import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RouteSpec } from "../../../infra/specification/specification.ts";
import { explainUrl } from "../../../infra/plan/routing.ts";
import { sampleRoutes } from "../../../infra/verify/sample-urls.ts";
import { isProtected } from "../../../infra/specification/takes-publish-calls.ts";

const HOST = "shop.example.com";

function route(kind: RouteSpec["kind"], pattern: string): RouteSpec {
  return { kind, pattern, zone: { id: "zone" } };
}

const samples = (...routes: readonly RouteSpec[]) =>
  sampleRoutes(routes, [HOST]).map(({ pattern, url }) => [pattern, url]);

describe("an address for each route", () => {
  it("is one that Cloudflare gives to that route", () => {
    expect(samples(route("bypass", `${HOST}/static/*`), route("protect", `${HOST}/*`))).toEqual([
      [`${HOST}/static/*`, `https://${HOST}/static/`],
      [`${HOST}/*`, `https://${HOST}/`],
    ]);
  });

  it("is below the pattern where another route has the shortest one", () => {
    expect(samples(route("bypass", `${HOST}/`), route("protect", `${HOST}/*`))).toEqual([
      [`${HOST}/`, `https://${HOST}/`],
      [`${HOST}/*`, `https://${HOST}/queueit-verify`],
    ]);
  });

  it("is on a site for any subdomain, and of the pattern's scheme", () => {
    expect(samples(route("protect", "http://*.example.com/a*"))).toEqual([
      ["http://*.example.com/a*", `http://${HOST}/a`],
    ]);
  });

  it("is missing where no site is known to be there", () => {
    expect(samples(route("protect", "*.other.example/*"))).toEqual([["*.other.example/*", undefined]]);
  });

  it("always goes where the report of a plan says", () => {
    const pattern = fc
      .tuple(
        fc.constantFrom(HOST, `*.example.com`, `*${HOST}`),
        fc.constantFrom("/", "/*", "/a*", "/a/*", "/a/b"),
      )
      .map(([host, path]) => host + path);
    const routes = fc.uniqueArray(
      fc.record({ kind: fc.constantFrom<RouteSpec["kind"]>("protect", "bypass"), pattern }),
      { selector: ({ pattern: text }) => text, minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(routes, (drawn) => {
        const specs = drawn.map(({ kind, pattern: text }) => route(kind, text));
        for (const { kind, pattern: text, url } of sampleRoutes(specs, [HOST])) {
          if (url === undefined) continue;
          expect(explainUrl(new URL(url), specs, () => undefined)).toMatchObject({ pattern: text });
          expect(isProtected(specs, url)).toBe(kind === "protect");
        }
      }),
    );
  });
});
