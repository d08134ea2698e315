import {
  type RoutePattern,
  compareSpecificity,
  parsePattern,
  patternMatches,
} from "../../cloudflare/route-pattern.ts";
import type { Route } from "./account/model.ts";

/** Finds the route that Cloudflare would take for a URL: the most specific of those that match. */
export type RouteTable = (url: URL) => Route | undefined;

/** Prepares the routes once, so that a request only compares. */
export function compileRoutes(routes: readonly Route[]): RouteTable {
  const compiled = routes
    .flatMap((route) => {
      const parsed = parsePattern(route.pattern);
      return parsed.ok ? [{ route, pattern: parsed.pattern }] : [];
    })
    .sort((a: Compiled, b: Compiled) => compareSpecificity(a.pattern, b.pattern));
  return (url) => compiled.find(({ pattern }) => patternMatches(pattern, url))?.route;
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RoutePattern;
}
