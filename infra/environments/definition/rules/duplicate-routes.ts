import type { Draft } from "../draft.ts";
import { errorAt } from "../problem.ts";
import { placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/**
 * Cloudflare takes each pattern once: a second route with it is refused (HTTP 409, code 10020). A pattern
 * that one environment both protects and bypasses is in `routes`.
 */
export const duplicateRoutes: Rule = (draft, { all }) => {
  const taken = new Map(patternsOfOthersBefore(draft, all));
  return placedPatterns(draft).flatMap(({ path, kind, pattern }) => {
    const earlier = taken.get(pattern.text);
    if (earlier === undefined) taken.set(pattern.text, { path, kind });
    if (earlier === undefined || (earlier.environment === undefined && earlier.kind !== kind)) return [];
    const place =
      earlier.environment === undefined ? earlier.path : `${earlier.path} of ${earlier.environment}`;
    const what = `already exists, as ${place}`;
    return [errorAt(path, "route-duplicate", pattern.text, what, "keep one: Cloudflare refuses the second")];
  });
};

interface Taken {
  readonly path: string;
  readonly kind: "bypass" | "protect";
  /** Missing when it is the same environment. */
  readonly environment?: string;
}

function patternsOfOthersBefore(draft: Draft, all: readonly Draft[]): readonly (readonly [string, Taken])[] {
  return all
    .slice(0, Math.max(0, all.indexOf(draft)))
    .filter((other) => other.accountId !== undefined && other.accountId === draft.accountId)
    .flatMap((other) =>
      placedPatterns(other).map(
        ({ path, kind, pattern }) => [pattern.text, { path, kind, environment: other.name }] as const,
      ),
    );
}
