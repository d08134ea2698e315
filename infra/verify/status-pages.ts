import type { Target } from "../specification/target.ts";
import { settled } from "../environments/definition/settled.ts";
import { sampleRoutes } from "./sample-urls.ts";
import { isProtected } from "../specification/takes-publish-calls.ts";
import { withParameter } from "./with-parameter.ts";

/** Pages whose Worker can be asked for its status, those that the environment promises to protect first. */
export function statusPages({ named, spec }: Target): readonly string[] {
  const { sites, coverage } = settled(named);
  const samples = sampleRoutes(
    spec.routes,
    sites.map(({ hostname }) => hostname),
  ).flatMap(({ kind, url }) => (kind === "protect" && url !== undefined ? [url] : []));
  const pages = [...new Set([...coverage.protected, ...samples])];
  // A query string is part of the path for a route, and a status call has one.
  return pages.filter((url) => isProtected(spec.routes, withParameter(url, "x")));
}
