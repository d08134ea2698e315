import { describe, expect, it } from "vitest";
import { compileRoutes, matchesOf, readRoutes, winnerOf } from "../../../infra/cloudflare/route-table.ts";
import { explainUrl } from "../../../infra/plan/routing.ts";
import { isProtected } from "../../../infra/specification/takes-publish-calls.ts";

const ROUTES = [
  { kind: "protect", pattern: "shop.example.com/*", zone: { name: "example.com" } },
  { kind: "protect", pattern: "*.example.com/tickets*", zone: { name: "example.com" } },
  { kind: "bypass", pattern: "shop.example.com/static/*", zone: { name: "example.com" } },
] as const;

describe("the route that gets a URL", () => {
  it.each([
    ["https://shop.example.com/tickets", "shop.example.com/*"],
    ["https://shop.example.com/static/app.js", "shop.example.com/static/*"],
    ["https://other.example.com/tickets?seat=1", "*.example.com/tickets*"],
    ["https://other.example.com/", undefined],
  ])("is one and the same for everybody who asks: %s", (address, pattern) => {
    const url = new URL(address);
    const protects = ROUTES.find((route) => route.pattern === pattern)?.kind === "protect";
    expect(winnerOf(readRoutes(ROUTES), url)?.route.pattern).toBe(pattern);
    expect(compileRoutes(ROUTES)(url)?.pattern).toBe(pattern);
    expect(explainUrl(url, ROUTES, () => undefined).pattern).toBe(pattern);
    expect(isProtected(ROUTES, address)).toBe(protects);
  });

  it("comes before the others that match", () => {
    const patterns = matchesOf(readRoutes(ROUTES), new URL("https://shop.example.com/tickets"));
    expect(patterns.map(({ pattern }) => pattern.text)).toEqual([
      "shop.example.com/*",
      "*.example.com/tickets*",
    ]);
  });

  it("is none whose pattern is unknown, or is no pattern", () => {
    const routes = [{ pattern: undefined }, { pattern: "shop.example.com/*/tickets" }];
    expect(readRoutes(routes)).toEqual([]);
  });
});
