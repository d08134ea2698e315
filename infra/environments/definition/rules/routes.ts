import { expandSite, type SitePattern } from "../site-patterns.ts";
import { compareSpecificity, covers, type RoutePattern } from "../../../cloudflare/route-pattern.ts";
import { publishAddress } from "../publish-url.ts";
import type { Draft } from "../draft.ts";
import { errorAt, type Finding, warningAt } from "../problem.ts";
import { settledOwner } from "../settled.ts";
import type { Rule } from "./rule.ts";

export interface PlacedPattern extends SitePattern {
  /** For example `sites[0].bypass[1]`. */
  readonly path: string;
  /** The site's hostname; missing when it is faulty. */
  readonly hostname: string | undefined;
}

/** Route patterns that Cloudflare takes, but that do not do what they seem to. */
export const routes: Rule = (draft) => {
  const placed = placedPatterns(draft);
  const bypasses = placed.filter(({ kind }) => kind === "bypass");
  const protects = placed.filter(({ kind }) => kind === "protect");
  const findings = [
    ...placed.flatMap((entry) => [...wildcardHost(entry), ...foreignHost(entry)]),
    ...protects.flatMap((protect) => [...bothWays(protect, bypasses), ...swallowed(protect, bypasses)]),
    ...bypasses.flatMap((bypass) => withoutEffect(bypass, protects)),
    ...nothingProtected(draft),
  ];
  // Any error above may be the reason that there is no address to publish to.
  return findings.some(({ severity }) => severity === "error")
    ? findings
    : [...findings, ...noPublishAddress(draft)];
};

/**
 * Every usable pattern of an environment with its place. Where the hostname is faulty, only those that name
 * one.
 */
export function placedPatterns({ sites }: Draft): readonly PlacedPattern[] {
  return sites.flatMap((site, index) =>
    site === undefined
      ? []
      : expandSite(site.routes)
          .filter(({ pattern, siteHostname }) => site.hostname !== undefined || pattern.host !== siteHostname)
          .map((entry) => ({
            ...entry,
            path: `sites[${index}].${entry.kind}[${entry.index}]`,
            hostname: site.hostname,
          })),
  );
}

function wildcardHost({ path, pattern: { text, host, hostWildcard } }: PlacedPattern): readonly Finding[] {
  if (!hostWildcard) return [];
  const example = host.startsWith(".") || host === "" ? `any-other${host}` : `not${host}`;
  const what = `also matches other hosts, such as ${example}`;
  return [
    errorAt(path, "route-too-wide", text, what, "write the path alone, and give each host a site of its own"),
  ];
}

function foreignHost({ path, pattern, hostname, siteHostname }: PlacedPattern): readonly Finding[] {
  const { text, host, hostWildcard } = pattern;
  if (hostWildcard || hostname === undefined || host === siteHostname) return [];
  const remedy = `write the path alone, or add a site with the hostname ${host}`;
  return [errorAt(path, "route-foreign-host", text, `is not on the site's hostname ${siteHostname}`, remedy)];
}

function bothWays({ path, pattern }: PlacedPattern, bypasses: readonly PlacedPattern[]): readonly Finding[] {
  const bypass = bypasses.find((candidate) => candidate.pattern.text === pattern.text);
  if (bypass === undefined) return [];
  const what = `is also in ${bypass.path}: a pattern can be protected or bypassed, not both`;
  return [errorAt(path, "route-both-ways", pattern.text, what, "keep one of the two")];
}

/** A protected pattern that never reaches the Worker, because bypasses win for every URL of it. */
function swallowed({ path, pattern }: PlacedPattern, bypasses: readonly PlacedPattern[]): readonly Finding[] {
  const winners = bothSchemes(pattern).map((narrowed) =>
    bypasses.find(
      (bypass) => covers(bypass.pattern, narrowed) && compareSpecificity(bypass.pattern, pattern) < 0,
    ),
  );
  const [first] = winners;
  if (first === undefined || winners.includes(undefined)) return [];
  const remedy = "narrow the bypass to the folders of static files, for example /static/*";
  const what = `overrides the protection of ${pattern.text} (${path}): no visitor would queue there`;
  return [errorAt(first.path, "bypass-swallows-protection", first.pattern.text, what, remedy)];
}

/** A bypass whose every URL goes to a protected pattern that wins. */
function withoutEffect(
  { path, pattern }: PlacedPattern,
  protects: readonly PlacedPattern[],
): readonly Finding[] {
  const winner = protects.find(
    (protect) => covers(protect.pattern, pattern) && compareSpecificity(protect.pattern, pattern) < 0,
  );
  if (winner === undefined) return [];
  const what =
    `has no effect: Cloudflare prefers ${winner.pattern.text} (${winner.path}), a known issue ` +
    "of its routes";
  const remedy = `end the protected pattern with /* instead of *, or leave the bypass out`;
  return [warningAt(path, "bypass-without-effect", pattern.text, what, remedy)];
}

function bothSchemes(pattern: RoutePattern): readonly RoutePattern[] {
  if (pattern.scheme !== undefined) return [pattern];
  return [
    { ...pattern, scheme: "http" },
    { ...pattern, scheme: "https" },
  ];
}

function nothingProtected({ sites }: Draft): readonly Finding[] {
  return sites.flatMap((site, index) => {
    if (site?.routes.protect?.length !== 0) return [];
    const remedy = 'write at least one, for example ["/*"], or remove the site';
    return [errorAt(`sites[${index}].protect`, "nothing-protected", undefined, "is empty", remedy)];
  });
}

function noPublishAddress({ sites, integrationConfiguration, faulty }: Draft): readonly Finding[] {
  const written = sites.flatMap((site) => (site === undefined ? [] : [site.routes]));
  if (written.length === 0 || written.length < sites.length || faulty.has("integrationConfiguration"))
    return [];
  if (settledOwner(integrationConfiguration).owner !== "publish" || publishAddress(written) !== undefined)
    return [];
  const what =
    "have no address that Queue-it's platform could publish to: none reaches the Worker with a query string";
  return [
    warningAt("sites", "no-publish-address", undefined, what, "protect at least one path that ends with *"),
  ];
}
