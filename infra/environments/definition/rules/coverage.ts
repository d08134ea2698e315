import { errorAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** Expected URLs are on the environment's own hostnames, each with one expectation. */
export const coverage: Rule = ({ coverage: expected = {}, sites }) => {
  const hostnames = sites.flatMap((site) => site?.hostname ?? []);
  // A site that is faulty may be the one that is meant.
  const complete = hostnames.length === sites.length;
  const seen = new Map<string, string>();
  return (["protected", "bypassed", "ignored"] as const).flatMap((expectation) =>
    (expected[expectation] ?? []).flatMap((written, index) => {
      const path = `coverage.${expectation}[${index}]`;
      const url = new URL(written);
      const first = seen.get(url.href);
      if (first !== undefined) {
        return [errorAt(path, "coverage-twice", written, `is also in ${first}`, "keep one of the two")];
      }
      seen.set(url.href, path);
      if (!complete || hostnames.includes(url.host)) return [];
      const remedy = `use one of the sites' hostnames: ${hostnames.join(", ")}`;
      return [errorAt(path, "coverage-foreign-host", written, "is on no site of this environment", remedy)];
    }),
  );
};
