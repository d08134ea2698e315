import type { Draft } from "../draft.ts";
import { errorAt } from "../problem.ts";
import { placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/** Cloudflare takes each pattern once: a second route with it is refused (HTTP 409, code 10020). */
export const duplicateRoutes: Rule = (draft, { all }) => {
  const taken = new Map(routesOfOthersBefore(draft, all));
  return placedPatterns(draft).flatMap(({ path, kind, pattern }) => {
    const earlier = taken.get(pattern.text);
    taken.set(pattern.text, earlier ?? { where: path, kind });
    if (earlier === undefined) return [];
    if (earlier.kind !== kind && !earlier.where.includes(" ")) {
      const what = `is also in ${earlier.where}: a pattern can be protected or bypassed, not both`;
      return [errorAt(path, "route-both-ways", pattern.text, what, "keep one of the two")];
    }
    const what = `is there already, as ${earlier.where}`;
    return [errorAt(path, "route-duplicate", pattern.text, what, "keep one: Cloudflare refuses the second")];
  });
};

function routesOfOthersBefore(
  draft: Draft,
  all: readonly Draft[],
): readonly (readonly [string, { readonly where: string; readonly kind: string }])[] {
  return all
    .slice(0, Math.max(0, all.indexOf(draft)))
    .filter((other) => other.accountId !== undefined && other.accountId === draft.accountId)
    .flatMap((other) =>
      placedPatterns(other).map(
        ({ path, kind, pattern }) => [pattern.text, { where: `${path} of ${other.name}`, kind }] as const,
      ),
    );
}
