import type { RouteSpec } from "../../specification/specification.ts";
import type { Coverage } from "../../environments/environment.ts";
import { explainUrl } from "../../plan/routing.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import { type SampledRoute, sampleRoutes } from "../../verify/sample-urls.ts";

/** What of an environment says which pages there are. */
export interface RoutedSites {
  /** Hostnames of the sites. */
  readonly hostnames: readonly string[];
  readonly routes: readonly RouteSpec[];
  /** What the environment promises of its pages; undefined when it promises nothing. */
  readonly coverage: Coverage | undefined;
}

/** A page that the routes or the coverage of an environment speak of. */
export interface EnvironmentPage {
  /** Real https address. */
  readonly url: string;
  readonly meant: "queue" | "ignore" | "bypass";
  /**
   * Beginning of the paths that its route takes and that queue like it; undefined where only the page itself
   * does.
   */
  readonly below: string | undefined;
}

/** Pages of the demo that stand for a route, where it takes them: they show more than a bare address does. */
const SHOWN_FIRST = { protect: ["/tickets", "/checkout"], bypass: ["/static/logo.svg"] } as const;

/** Every browser asks for it without being told to: nobody opens it. */
export function isBrowsersOwn({ pathname }: URL): boolean {
  return pathname === "/favicon.ico";
}

/** Winning route of an address. */
function routeOf(url: string | URL, routes: readonly RouteSpec[]): string | undefined {
  return explainUrl(new URL(url), routes, () => undefined).pattern;
}

/**
 * The pages of the coverage, and one for each route that has none there: what a demo has to show and a check
 * has to try. Only https pages: the local Cloudflare knows no others.
 */
export function environmentPages({ hostnames, routes, coverage }: RoutedSites): readonly EnvironmentPage[] {
  const promised = {
    queue: absolute(coverage?.protected),
    ignore: absolute(coverage?.ignored),
    bypass: absolute(coverage?.bypassed),
  };
  const sampled = hostnames.flatMap((written) => {
    const hostname = asciiHostname(written);
    return sampleRoutes(routes, [hostname])
      .filter((route) => isOn(hostname, route))
      .map((route) => pageOf(hostname, route));
  });
  const pages: readonly EnvironmentPage[] = [
    ...sampled,
    ...promised.queue.map((url) => ({ url, meant: "queue" as const, below: undefined })),
    ...promised.bypass.map((url) => ({ url, meant: "bypass" as const, below: undefined })),
    ...promised.ignore.map((url) => ({ url, meant: "ignore" as const, below: undefined })),
  ];
  return pages.filter(
    ({ url, meant }, index) =>
      !isBrowsersOwn(new URL(url)) &&
      pages.findIndex((other) => other.url === url && other.meant === meant) === index,
  );

  function pageOf(hostname: string, { kind, pattern, url }: SampledRoute): EnvironmentPage {
    const meant = kind === "protect" ? "queue" : "bypass";
    const demo = SHOWN_FIRST[kind].map((path) => `https://${hostname}${path}`);
    const candidates = [...promised[meant], ...demo].filter((address) => !promised.ignore.includes(address));
    const found = candidates.find(
      (address) => new URL(address).hostname === hostname && routeOf(address, routes) === pattern,
    );
    return { url: found ?? url ?? "", meant, below: folderOf(pattern) };
  }
}

function absolute(urls: readonly string[] = []): readonly string[] {
  return urls.map((url) => new URL(url).href);
}

function isOn(hostname: string, { url }: SampledRoute): boolean {
  if (url === undefined) return false;
  const address = new URL(url);
  return address.protocol === "https:" && address.hostname === hostname;
}

/** What all paths of a pattern begin with; undefined for a single path, and for all paths of a site. */
function folderOf(pattern: string): string | undefined {
  const { path, pathWildcard = false } = patternOf(pattern) ?? {};
  return pathWildcard && path !== "/" ? path : undefined;
}
