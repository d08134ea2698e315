import { type ActionLookup, actionLookup, explainUrl } from "../../plan/routing.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import { settledFeatures } from "../../environments/definition/settled.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { namedWorkers } from "../../specification/named-workers.ts";
import type { Target } from "../../specification/target.ts";
import type { ShopGuide } from "../shop/guide.ts";
import { type EnvironmentPage, environmentPages, isBrowsersOwn } from "./environment-pages.ts";
import { namedPaths } from "./named-paths.ts";
import { routedSites } from "./routed-sites.ts";
import { causeSentence, type Decided, siteCases } from "./site-cases.ts";
import { acceptedConfiguration } from "../../queue-it/accepted-configuration.ts";

export interface GuideOptions {
  readonly environments: readonly Target[];
  /** Its routes are those that count: there may be none yet. */
  readonly account: Pick<LocalAccount, "routes">;
  /** The integration configuration of an environment's customer, as JSON; undefined while nobody has one. */
  readonly configurationOf: (environment: Target) => string | undefined;
}

/** Of the pages that only the configuration names, a site shows so many at the most: of thousands, nobody reads more. */
const MOST_NAMED = 20;

/** Says of the environments' sites what is so at the moment it is asked. */
export function guideTo({ environments, account, configurationOf }: GuideOptions): ShopGuide {
  const sites = environments.flatMap((environment) => {
    const pages = environmentPages(routedSites(environment));
    return routedSites(environment).hostnames.map((hostname) => ({ hostname, environment, pages }));
  });
  const others = new Set(environments.flatMap(({ spec }) => namedWorkers(spec).map(({ name }) => name)));
  const decidedOf = new WeakMap<Target, { readonly json: string | undefined; readonly known: Known }>();
  const casesAt = new Map<
    string,
    { readonly known: Known; readonly routes: unknown; readonly cases: Cases }
  >();
  const siteOf = (hostname: string) => sites.find((site) => site.hostname === hostname);

  /** The shop and the dashboard ask again and again, and a large configuration takes long to read. */
  function knownOf(environment: Target): Known {
    const json = configurationOf(environment);
    const before = decidedOf.get(environment);
    if (before !== undefined && before.json === json) return before.known;
    const known = read(json, environment);
    decidedOf.set(environment, { json, known });
    return known;
  }

  function decidedFor(environment: Target | undefined): Decided {
    return {
      routes: account.routes.map(({ pattern, script }) =>
        script === undefined || others.has(script)
          ? { kind: "bypass", pattern, worker: script }
          : { kind: "protect", pattern },
      ),
      actionAt: environment === undefined ? () => undefined : knownOf(environment).actionAt,
    };
  }

  function casesOf({ hostname, environment, pages }: (typeof sites)[number]): Cases {
    const decided = decidedFor(environment);
    const cases = siteCases(hostname, pages, decided);
    if (cases.some((each) => each.queues)) return cases;
    // Neither the demo nor the environment has one: a page that the configuration names is better than none.
    const named: URL[] = [];
    for (const path of knownOf(environment).paths) {
      const url = new URL(path, `https://${hostname}`);
      if (queues(url, decided)) named.push(url);
      if (named.length === MOST_NAMED) break;
    }
    return siteCases(hostname, [...pages, ...named.map(toQueue)], decided);
  }

  return {
    casesOf: (hostname) => {
      const site = siteOf(hostname);
      if (site === undefined) return [];
      // The dashboard asks every second. The account gives another list after every change of its routes.
      const [known, { routes }, before] = [knownOf(site.environment), account, casesAt.get(hostname)];
      if (before?.known === known && before.routes === routes) return before.cases;
      const cases = casesOf(site);
      casesAt.set(hostname, { known, routes, cases });
      return cases;
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
      return isNamed || isBelowFolder(url, site.environment) || queues(url, decidedFor(site.environment));
    },
  };
}

type Cases = ReturnType<ShopGuide["casesOf"]>;

/** What is known of an integration configuration. */
interface Known {
  readonly actionAt: ActionLookup;
  /** Paths that it names. */
  readonly paths: readonly string[];
}

function read(json: string | undefined, { named }: Target): Known {
  const { matching, requestBodyLimit } = settledFeatures(named.environment.queueIt);
  const lookup = actionLookup(json, matching);
  return {
    actionAt: (url, sent) =>
      lookup(url, sent?.body === undefined ? sent : { ...sent, body: sent.body.slice(0, requestBodyLimit) }),
    paths: json === undefined ? [] : namedPaths(acceptedConfiguration(json)),
  };
}

function toQueue({ href }: URL): EnvironmentPage {
  return { url: href, meant: "queue", below: undefined };
}

/** Whether the integration configuration makes visitors of an address queue: nobody waits for a page that is not there. */
function queues(url: URL, { routes, actionAt }: Decided): boolean {
  const { action } = explainUrl(url, routes, actionAt);
  return typeof action === "object" && actionEffect(action.type) === "Queue";
}

/** Whether the route that takes an address is one for part of the site only. */
function isBelowFolder(url: URL, { spec }: Target): boolean {
  const { pattern } = explainUrl(url, spec.routes, () => undefined);
  const read = patternOf(pattern);
  return read !== undefined && read.path !== "/";
}
