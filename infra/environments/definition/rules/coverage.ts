import type { Coverage } from "../../environment.ts";
import { winnerOf } from "../../../cloudflare/route-table.ts";
import type { Draft } from "../draft.ts";
import { errorAt, type Finding } from "../problem.ts";
import { settledCoverage, settledSite } from "../settled.ts";
import { type PlacedPattern, placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

const EXPECTATIONS = ["protected", "bypassed", "ignored"] as const satisfies readonly (keyof Coverage)[];

/** Expected URLs are on the environment's own hostnames, each with one expectation that its routes fulfil. */
export const coverage: Rule = (draft) => {
  const { sites } = draft;
  const expected = settledCoverage(draft.coverage);
  const hostnames = sites.flatMap((site) => site?.hostname ?? []);
  // A site that is faulty may be the one that is meant.
  const complete = hostnames.length === sites.length;
  const routes = placedPatterns(draft);
  const routesAreSound = complete && routes.length === entriesOf(draft);
  const seen = new Map<string, string>();
  return EXPECTATIONS.flatMap((expectation) =>
    expected[expectation].flatMap((written, index) => {
      const path = `coverage.${expectation}[${index}]`;
      const url = new URL(written);
      const first = seen.get(url.href);
      if (first !== undefined) {
        return [errorAt(path, "coverage-twice", written, `is also in ${first}`, "keep one of the two")];
      }
      seen.set(url.href, path);
      if (complete && !hostnames.includes(url.host)) {
        const remedy = `use one of the sites' hostnames: ${hostnames.join(", ")}`;
        return [errorAt(path, "coverage-foreign-host", written, "is on no site of this environment", remedy)];
      }
      return routesAreSound ? unfulfilled(path, expectation, url, winnerOf(routes, url)) : [];
    }),
  );
};

function unfulfilled(
  path: string,
  expectation: keyof Coverage,
  url: URL,
  route: PlacedPattern | undefined,
): readonly Finding[] {
  const isProtected = route?.kind === "protect";
  if (isProtected === (expectation !== "bypassed")) return [];
  const taken = route === undefined ? "no route matches it" : `${route.path} takes it, ${route.pattern.text}`;
  if (isProtected) {
    const what = `is not bypassed: ${taken}`;
    return [
      errorAt(path, "coverage-not-bypassed", url.href, what, "add its folder to bypass, or remove it here"),
    ];
  }
  const what = `never reaches the Worker: ${taken}`;
  const remedy =
    route === undefined
      ? `add "${url.pathname}*" to the site's protect, or remove it here`
      : `narrow that bypass, or remove it here`;
  return [errorAt(path, "coverage-not-protected", url.href, what, remedy)];
}

/** How many route patterns the sites have, the faulty ones included. */
function entriesOf({ sites }: Draft): number {
  return sites.reduce((sum, site) => {
    if (site === undefined) return sum;
    const { protect, bypass } = settledSite(site.routes);
    return sum + protect.length + bypass.length;
  }, 0);
}
