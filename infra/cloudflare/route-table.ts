import { compareSpecificity, patternMatches, type RoutePattern } from "./route-pattern.ts";

/** The route that Cloudflare gives a URL to: the most specific of those that match it; undefined when none does. */
export function winnerOf<Route extends { readonly pattern: RoutePattern }>(
  routes: readonly Route[],
  url: URL,
): Route | undefined {
  return routes
    .filter(({ pattern }) => patternMatches(pattern, url))
    .sort((a, b) => compareSpecificity(a.pattern, b.pattern))[0];
}
