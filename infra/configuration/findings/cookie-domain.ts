import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { listed, quoted } from "../../queue-it/quoted.ts";
import { waysOf } from "./condition.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";
import { type Finding, placeOf } from "./finding.ts";
import { hostsOf, namedHosts } from "./hosts-of.ts";

/** Actions whose session cookie browsers drop, because its domain is not the site's. */
export function cookieDomains(
  configuration: IntegrationConfiguration,
  facts: DeploymentFacts | undefined,
): readonly Finding[] {
  return (configuration.Integrations ?? []).flatMap((action, index) => {
    const domain = domainOf(action);
    if (domain === "" || actionEffect(action.ActionType) !== "Queue") return [];
    const outside = hostsAt(action, facts).filter((host) => !isWithin(host, domain));
    if (domain.includes(".") && outside.length === 0) return [];
    const why = domain.includes(".")
      ? `which ${listed(outside.map(quoted), "and")} ${outside.length === 1 ? "is" : "are"} not in`
      : "which browsers take for no site's";
    return [
      {
        severity: "warning" as const,
        code: "cookie-domain" as const,
        place: placeOf(configuration, index),
        what:
          `has the cookie domain ${quoted(domain)}, ${why}: browsers drop the session there, and visitors ` +
          "who have waited queue again",
        remedy:
          "leave CookieDomain empty, which means the page's own host, or name a domain that all sites share",
      },
    ];
  });
}

function domainOf(action: Action): string {
  const { CookieDomain: domain } = action as { readonly CookieDomain?: string | null };
  return (domain ?? "").replace(/^\./, "").toLowerCase();
}

function hostsAt(action: Action, facts: DeploymentFacts | undefined): readonly string[] {
  const ways = waysOf(action);
  const hosts = ways.flatMap((way) => (facts === undefined ? namedHosts(way) : hostsOf(way, facts)));
  return [...new Set(hosts.map((host) => host.toLowerCase().replace(/\.?(:\d*)?$/, "")))];
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
