import { describe, expect, it } from "vitest";
import { sitesOfRoutes } from "../../../infra/adopt/sites-of-routes.ts";

const zone = (name: string, ...routes: readonly (readonly [pattern: string, script?: string])[]) => ({
  id: name,
  name,
  routes: routes.map(([pattern, script], index) => ({ id: `r${index}`, pattern, script })),
});

const found = (...routes: readonly (readonly [pattern: string, script?: string])[]) =>
  sitesOfRoutes("queueit", [zone("zajęzyk.pl", ...routes)]);

describe("sites of routes", () => {
  it("are of one host, whatever letters its patterns are written in", () => {
    const { sites, left, respelt } = found(
      ["SHOP.xn--zajzyk-y4a.pl/*", "queueit"],
      ["shop.zajęzyk.pl/static/*"],
      ["shop.xn--zajzyk-y4a.pl", "queueit"],
    );
    expect(sites).toEqual([
      {
        zoneId: "zajęzyk.pl",
        hostname: "shop.xn--zajzyk-y4a.pl",
        protect: ["/*", "/"],
        bypass: ["/static/*"],
      },
    ]);
    expect(left).toEqual([]);
    expect(respelt.map(({ from }) => from)).toEqual(["SHOP.xn--zajzyk-y4a.pl/*", "shop.zajęzyk.pl/static/*"]);
  });

  it("have routes for http alone as they are", () => {
    const [site] = found(["http://shop.a.dk/*", "queueit"], ["https://shop.a.dk/*", "queueit"]).sites;
    expect(site?.protect).toEqual(["http://shop.a.dk/*", "https://shop.a.dk/*"]);
  });

  it("do not have a route twice", () => {
    const { sites, left } = found(["shop.a.dk/*", "queueit"], ["SHOP.a.dk/*", "queueit"]);
    expect(sites[0]?.protect).toEqual(["/*"]);
    expect(left).toEqual([{ pattern: "SHOP.a.dk/*", script: "queueit", why: "same-pattern" }]);
  });

  it("are in the inner one of two zones", () => {
    const { sites, left } = sitesOfRoutes("queueit", [
      zone("a.dk", ["shop.a.dk/old/*", "queueit"]),
      zone("shop.a.dk", ["shop.a.dk/*", "queueit"]),
    ]);
    expect(sites).toEqual([{ zoneId: "shop.a.dk", hostname: "shop.a.dk", protect: ["/*"] }]);
    expect(left.map(({ pattern, why }) => [pattern, why])).toEqual([["shop.a.dk/old/*", "other-zone"]]);
  });

  it("never lose a route that nobody can read without a word", () => {
    const { left } = found(["shop.a.dk/*", "queueit"], ["shop.a.dk/*.jpg"], ["other.a.dk/*/x", "other"]);
    expect(left.map(({ pattern, why }) => [pattern, why])).toEqual([["shop.a.dk/*.jpg", "unreadable"]]);
  });

  it("leave bypasses for many hosts where they are", () => {
    const { left } = found(["shop.a.dk/*", "queueit"], ["*.a.dk/static/*"], ["*.b.dk/static/*"]);
    expect(left.map(({ pattern, why }) => [pattern, why])).toEqual([["*.a.dk/static/*", "wildcard-bypass"]]);
  });
});
