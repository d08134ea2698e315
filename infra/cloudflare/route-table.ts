import { compareSpecificity, patternMatches, patternOf, type RoutePattern } from "./route-pattern.ts";

/** A route with its pattern read. */
interface Patterned {
  readonly pattern: RoutePattern;
}

/** A route beside its pattern. */
interface ReadRoute<Route> extends Patterned {
  readonly route: Route;
}

/** Those of the routes whose pattern is known and one that Cloudflare takes. */
export function readRoutes<Route extends { readonly pattern: string | undefined }>(
  routes: readonly Route[],
): readonly ReadRoute<Route>[] {
  return routes.flatMap((route) => {
    const pattern = patternOf(route.pattern);
    return pattern === undefined ? [] : [{ route, pattern }];
  });
}

/** The routes that match a URL, first the one that Cloudflare gives it to: the most specific. */
export function matchesOf<Route extends Patterned>(routes: readonly Route[], url: URL): readonly Route[] {
  return byPrecedence(routes.filter(({ pattern }) => patternMatches(pattern, url)));
}

/** The route that Cloudflare gives a URL to; undefined when none matches. */
export function winnerOf<Route extends Patterned>(routes: readonly Route[], url: URL): Route | undefined {
  return matchesOf(routes, url)[0];
}

/** The same as {@link winnerOf}, with the routes prepared once, so that a request only compares. */
export function compileRoutes<Route extends { readonly pattern: string }>(
  routes: readonly Route[],
): (url: URL) => Route | undefined {
  const compiled = byPrecedence(readRoutes(routes));
  return (url) => compiled.find(({ pattern }) => patternMatches(pattern, url))?.route;
}

function byPrecedence<Route extends Patterned>(routes: readonly Route[]): readonly Route[] {
  return [...routes].sort((a, b) => compareSpecificity(a.pattern, b.pattern));
}
