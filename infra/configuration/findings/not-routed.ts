import { literalsOf } from "../../../worker/configuration/doubts.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { patternOf } from "../../cloudflare/route-pattern.ts";
import { plainText } from "../../plan/sentence.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import { explainUrl } from "../../plan/routing.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { listed, quoted } from "../../queue-it/quoted.ts";
import { type Condition, type Way, waysOf } from "./condition.ts";
import { conditionWords } from "./condition-words.ts";
import { canNeverHold } from "./contradiction.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";
import { type Finding, placeOf } from "./finding.ts";
import { hostsOf } from "./hosts-of.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** Triggers of actions that queue or cancel, on hosts and pages that no route brings to the Worker. */
export function notRouted(
  configuration: IntegrationConfiguration,
  facts: DeploymentFacts,
): readonly Finding[] {
  return (configuration.Integrations ?? []).flatMap((action, index) => {
    if (actionEffect(action.ActionType) === "Ignore") return [];
    return waysOf(action).flatMap((way) => {
      const problem = canNeverHold(way.conditions) ? undefined : problemOf(way, facts);
      if (problem === undefined) return [];
      const place = placeOf(configuration, index, way.trigger, way.part);
      return [{ severity: "warning" as const, code: "not-routed" as const, place, ...problem }];
    });
  });
}

type Problem = Pick<Finding, "what" | "remedy">;

function problemOf(way: Way, facts: DeploymentFacts): Problem | undefined {
  const { environment, hosts, hasHostWildcard } = facts;
  const ofWay = hostsOf(way, facts);
  if (ofWay.length === 0 && !hasHostWildcard) {
    const onHost = way.conditions.find(({ subject }) => subject.kind === "host");
    return {
      what:
        `asks that ${onHost === undefined ? "" : conditionWords(onHost)}, and no site of ${environment} has ` +
        `such a host: ${listed(hosts, "and")}`,
      remedy: `fix the host, or add the site to infra/environments/${environment}.ts`,
    };
  }
  const onPage = way.conditions.filter((condition) => pagesOf(condition, ofWay).length > 0);
  const [first] = onPage;
  // One condition that names a page which is seen is enough: the others say more about it.
  if (first === undefined || onPage.some((condition) => isSeen(condition, ofWay, facts))) return undefined;
  const [page = ""] = pagesOf(first, ofWay);
  const told = explain(page, facts.routes);
  if (told === undefined) return undefined;
  const why = `${quoted(page)} (${plainText(outcomeSentence(told))})`;
  return {
    what: `asks that ${conditionWords(first)}, and the Worker of ${environment} does not see ${why}`,
    remedy: `add the path to protect in infra/environments/${environment}.ts, or fix the condition`,
  };
}

/** Addresses of the pages that a condition names on these hosts; none where it names no page. */
function pagesOf({ subject, part }: Condition, hosts: readonly string[]): readonly string[] {
  if (part.IsNegative === true) return [];
  const pages = literalsOf(part).map((literal) =>
    subject.kind === "path" && literal.startsWith("/")
      ? hosts.map((host) => `https://${host}${literal}`)
      : subject.kind === "url" && /^https:\/\/[^/]+\//.test(literal)
        ? [literal]
        : [],
  );
  return pages.some((each) => each.length === 0) ? [] : pages.flat();
}

/** Whether a route brings one of the pages to the Worker, or another page of which the condition holds. */
function isSeen(condition: Condition, hosts: readonly string[], { routes }: DeploymentFacts): boolean {
  const { part } = condition;
  const isContained = part.Operator?.startsWith("Contains") === true;
  const protectedPaths = routes
    .filter(({ kind }) => kind === "protect")
    .map(({ pattern }) => patternOf(pattern)?.path ?? "");
  if (
    isContained &&
    literalsOf(part).some((literal) => protectedPaths.some((path) => path.includes(literal)))
  )
    return true;
  const endings = isContained ? ["", "?x", "/x", "x"] : ["", "?x"];
  return pagesOf(condition, hosts).some((page) =>
    endings.some((ending) => explain(page + ending, routes)?.paid ?? true),
  );
}

function explain(page: string, routes: DeploymentFacts["routes"]): ReturnType<typeof explainUrl> | undefined {
  const url = parsedUrl(page);
  return url && explainUrl(url, routes, () => undefined);
}
