import {
  compareSpecificity,
  covers,
  overlaps,
  patternOf,
  type RoutePattern,
} from "../cloudflare/route-pattern.ts";
import { readRoutes } from "../cloudflare/route-table.ts";
import type { ZoneRoute } from "../cloudflare/zone-route.ts";

/** A route of ours, and one of somebody else's that it cannot live with as it is. */
export interface RouteConflict {
  /**
   * `exists`: the same pattern, which Cloudflare refuses a second time (code 10020).
   * `takes-from-us`: theirs is more specific and gets pages of our protected pattern.
   * `takes-from-them`: ours is more specific and gets pages that their Worker answers now.
   */
  readonly kind: "exists" | "takes-from-us" | "takes-from-them";
  /** Pattern of ours. */
  readonly ours: string;
  /** Pattern of theirs. */
  readonly theirs: string;
  /** Name of their Worker; undefined for a route without one. */
  readonly owner: string | undefined;
}

/** A route that an environment has, or is to have. */
export interface OwnRoute {
  readonly kind: "protect" | "bypass";
  readonly pattern: string | undefined;
  /** Whether it is there already, and known to be ours. */
  readonly isThere: boolean;
}

/**
 * What the routes of somebody else's and ours do to each other, by Cloudflare's rule that the most specific pattern
 * gets a page.
 *
 * @param others Routes of the zones that are not known to be ours.
 */
export function routeConflicts(
  own: readonly OwnRoute[],
  others: readonly ZoneRoute[],
): readonly RouteConflict[] {
  const ours = readRoutes(own).map(({ route, pattern }) => ({ ...route, pattern }));
  return others.flatMap(({ pattern: text, script }) => {
    const theirs = patternOf(text);
    if (theirs === undefined) return [];
    const conflict = (kind: RouteConflict["kind"], pattern: RoutePattern): readonly RouteConflict[] => [
      { kind, ours: pattern.text, theirs: theirs.text, owner: script },
    ];
    const same = ours.find(({ pattern }) => pattern.text === theirs.text);
    if (same !== undefined) return same.isThere ? [] : conflict("exists", same.pattern);
    const weaker = takenFrom(theirs, ours);
    if (weaker !== undefined) return conflict("takes-from-us", weaker);
    const stronger = ours.find(
      ({ isThere, pattern }) =>
        !isThere && overlaps(pattern, theirs) && compareSpecificity(pattern, theirs) < 0,
    );
    return stronger === undefined || script === undefined
      ? []
      : conflict("takes-from-them", stronger.pattern);
  });
}

interface Patterned {
  readonly kind: OwnRoute["kind"];
  readonly pattern: RoutePattern;
}

/**
 * The protected pattern that a foreign one takes pages from: the most specific of those that are weaker than it and
 * overlap with it. Undefined where a stronger route of ours keeps all of these pages, or a bypass gave them away before.
 */
export function takenFrom(foreign: RoutePattern, own: readonly Patterned[]): RoutePattern | undefined {
  const beats = (a: RoutePattern, b: RoutePattern) => compareSpecificity(a, b) < 0;
  const covering = own.filter(({ pattern }) => covers(pattern, foreign));
  const isSettled = (protectedPattern: RoutePattern) =>
    covering.some(
      ({ kind, pattern }) =>
        beats(pattern, protectedPattern) && (kind === "bypass" || beats(pattern, foreign)),
    );
  return own
    .filter(({ kind, pattern }) => kind === "protect" && overlaps(pattern, foreign))
    .map(({ pattern }) => pattern)
    .filter((pattern) => beats(foreign, pattern) && !isSettled(pattern))
    .sort(compareSpecificity)
    .at(0);
}

/** Who a route belongs to, in words. */
export function ownerOf({ owner }: Pick<RouteConflict, "owner">): string {
  return owner === undefined ? "no Worker" : `the Worker ${owner}`;
}
