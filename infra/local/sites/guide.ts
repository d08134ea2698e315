import { actionLookup, explainUrl } from "../../plan/routing.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import { settledFeatures } from "../../environments/definition/settled.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { Target } from "../../specification/target.ts";
import type { ShopGuide } from "../shop/guide.ts";
import { environmentPages, isBrowsersOwn } from "./environment-pages.ts";
import { routedSites } from "./routed-sites.ts";
import { causeSentence, type Decided, siteCases } from "./site-cases.ts";

export interface GuideOptions {
  readonly environments: readonly Target[];
  /** Its routes are those that count: there may be none yet. */
  readonly account: Pick<LocalAccount, "routes">;
  /** The integration configuration of an environment's customer, as JSON; undefined while nobody has one. */
  readonly configurationOf: (environment: Target) => string | undefined;
}

/** Says of the environments' sites what is so at the moment it is asked. */
export function guideTo({ environments, account, configurationOf }: GuideOptions): ShopGuide {
  const sites = environments.flatMap((environment) => {
    const pages = environmentPages(routedSites(environment));
    return routedSites(environment).hostnames.map((hostname) => ({ hostname, environment, pages }));
  });
  const siteOf = (hostname: string) => sites.find((site) => site.hostname === hostname);

  function decidedFor(environment: Target | undefined): Decided {
    const { matching, requestBodyLimit } = settledFeatures(environment?.named.environment.queueIt ?? {});
    const lookup = actionLookup(environment && configurationOf(environment), matching);
    return {
      routes: account.routes.map(({ pattern, script }) => ({
        kind: script === undefined ? "bypass" : "protect",
        pattern,
      })),
      actionAt: (url, sent) =>
        lookup(
          url,
          sent?.body === undefined ? sent : { ...sent, body: sent.body.slice(0, requestBodyLimit) },
        ),
    };
  }

  return {
    casesOf: (hostname) => {
      const site = siteOf(hostname);
      return site === undefined ? [] : siteCases(hostname, site.pages, decidedFor(site.environment));
    },
    causeAt: (url) => {
      const { routes, actionAt } = decidedFor(siteOf(url.hostname)?.environment);
      return causeSentence(explainUrl(url, routes, actionAt));
    },
    hasPage: (url) => {
      if (isBrowsersOwn(url)) return false;
      const site = siteOf(url.hostname);
      if (site === undefined) return false;
      const isNamed = site.pages.some(({ url: page }) => {
        const { hostname, pathname } = new URL(page);
        return hostname === url.hostname && pathname === url.pathname;
      });
      return isNamed || isBelowFolder(url, site.environment);
    },
  };
}

/** Whether the route that takes an address is one for part of the site only. */
function isBelowFolder(url: URL, { spec }: Target): boolean {
  const { pattern } = explainUrl(url, spec.routes, () => undefined);
  const read = patternOf(pattern);
  return read !== undefined && read.path !== "/";
}
