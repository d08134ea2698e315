import { settled } from "../../environments/definition/settled.ts";
import { normalizeUrl } from "../../../worker/visitor/url-normalization.ts";
import { actionLookup } from "../../plan/routing.ts";
import {
  type DemoAddresses,
  type DemoConfiguration,
  type DemoOptions,
  demoConfiguration,
} from "../queue-it/demo-configuration.ts";
import type { Target } from "../../specification/target.ts";
import { type EnvironmentPage, environmentPages } from "./environment-pages.ts";
import { routedSites } from "./routed-sites.ts";

/**
 * The integration configuration of the demo for one customer's environments: its actions hold on each
 * protected route and each page of the coverage, whatever these are.
 */
export function environmentConfiguration(environments: readonly Target[]): DemoConfiguration {
  const hostnames = environments.flatMap((environment) => routedSites(environment).hostnames);
  const customerId = environments[0]?.named.environment.queueIt.customerId ?? "";
  const pages = environments.map((environment) => ({
    matching: settled(environment.named).queueIt.matching,
    pages: environmentPages(routedSites(environment)),
  }));
  const ignored = pages.flatMap((each) => each.pages.filter(({ meant }) => meant === "ignore").map(exactly));
  const usual = JSON.stringify(demoConfiguration(hostnames, { customerId, ignored }));

  const queuedFirst: DemoAddresses[] = [];
  const queued: DemoAddresses[] = [];
  for (const { matching, pages: own } of pages) {
    const actionAt = actionLookup(usual, matching);
    for (const page of own.filter(({ meant }) => meant === "queue")) {
      const action = actionAt(new URL(page.url));
      if (action === "none") queued.push(belowOrExactly(page));
      else if (action?.type !== "Queue") queuedFirst.push(belowOrExactly(page));
    }
  }
  const options: DemoOptions = { customerId, ignored, queuedFirst, queued };
  return demoConfiguration(hostnames, options);
}

function belowOrExactly(page: EnvironmentPage): DemoAddresses {
  if (page.below === undefined) return exactly(page);
  const { hostname, origin } = new URL(page.url);
  return { hostname, path: normalizedPath(`${origin}${page.below}`), operator: "Contains" };
}

function exactly({ url }: EnvironmentPage): DemoAddresses {
  return { hostname: new URL(url).hostname, path: normalizedPath(url), operator: "Equals" };
}

/** As the Worker compares it: the demo's actions have `IsNormalizationEnabled`. */
function normalizedPath(url: string): string {
  const { origin, pathname } = new URL(url);
  return normalizeUrl(`${origin}${pathname}`).slice(origin.length);
}
