import { domainToASCII } from "node:url";
import { PUBLISH_PARAMETER } from "../../worker/variables.ts";
import type { Site } from "../environments/environment.ts";
import { expandRoutes } from "./expand.ts";
import { compareSpecificity, parsePattern, patternMatches } from "./pattern.ts";

/** An address of the site that its routes hand to the Worker even with a query string; its root if there is none. */
export function publishUrl(site: Site): string {
  return publishAddress(site) ?? `https://${domainToASCII(site.hostname)}/?${PUBLISH_PARAMETER}`;
}

/** Like `publishUrl`, but undefined when the routes leave no such address. */
export function publishAddress(site: Site): string | undefined {
  const routes = expandRoutes(site).flatMap(({ kind, pattern: text }) => {
    const parsed = parsePattern(text);
    return parsed.ok ? [{ kind, pattern: parsed.pattern }] : [];
  });
  routes.sort((a, b) => compareSpecificity(a.pattern, b.pattern));
  return routes
    .filter(({ kind, pattern }) => kind === "protect" && !pattern.hostWildcard)
    .map(
      ({ pattern }) => `${pattern.scheme ?? "https"}://${pattern.host}${pattern.path}?${PUBLISH_PARAMETER}`,
    )
    .sort((a, b) => a.length - b.length)
    .find((url) => routes.find(({ pattern }) => patternMatches(pattern, new URL(url)))?.kind === "protect");
}
