import { literalsOf } from "../../../worker/configuration/doubts.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
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
  for (const condition of way.conditions) {
    const unseen = unseenPage(condition, ofWay, facts);
    if (unseen === undefined) continue;
    return {
      what: `asks that ${conditionWords(condition)}, and the Worker of ${environment} does not see ${unseen}`,
      remedy: `add the path to protect in infra/environments/${environment}.ts, or fix the condition`,
    };
  }
  return undefined;
}

/** A page that the condition is about and no route brings to the Worker, where that is so for all of them. */
function unseenPage(
  { subject, part }: Condition,
  hosts: readonly string[],
  { routes }: DeploymentFacts,
): string | undefined {
  if (part.IsNegative === true) return undefined;
  const isContained = part.Operator?.startsWith("Contains") === true;
  const pages = literalsOf(part).map((literal) =>
    subject.kind === "path" && literal.startsWith("/")
      ? hosts.map((host) => `https://${host}${literal}`)
      : subject.kind === "url" && /^https:\/\/[^/]+\//.test(literal)
        ? [literal]
        : [],
  );
  const endings = isContained ? ["", "?x", "/x", "x"] : ["", "?x"];
  const isSeen = (page: string): boolean =>
    endings.some((ending) => explain(page + ending, routes)?.paid ?? true);
  if (pages.length === 0 || pages.some((each) => each.length === 0 || each.some(isSeen))) return undefined;
  const first = pages[0]?.[0] ?? "";
  const told = explain(first, routes);
  return told === undefined ? undefined : `${quoted(first)} (${plainText(outcomeSentence(told))})`;
}

function explain(page: string, routes: DeploymentFacts["routes"]): ReturnType<typeof explainUrl> | undefined {
  return URL.canParse(page) ? explainUrl(new URL(page), routes, () => undefined) : undefined;
}
