import type { IntegrationConfiguration } from "../../../worker/configuration.ts";
import { UserError } from "../../errors.ts";
import type { RouteSpec } from "../../connector/specification.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import type { CheckTarget } from "./six-steps.ts";
import { Visitor } from "./visitor.ts";

export interface TargetSearch {
  /** Hostnames of the sites. */
  readonly hostnames: readonly string[];
  readonly routes: readonly RouteSpec[];
  /** The integration configuration the Worker has. */
  readonly configuration: IntegrationConfiguration;
  readonly localUrl: (realUrl: string) => string;
}

/**
 * Finds a page that leads to a waiting room: one of those the integration configuration's queue actions name.
 *
 * @throws UserError when none does.
 */
export async function findCheckTarget(search: TargetSearch): Promise<CheckTarget> {
  const { hostnames, routes, configuration, localUrl } = search;
  const pages = hostnames.flatMap((host) => pathsOf(configuration).map((path) => `https://${host}${path}`));
  for (const pageUrl of pages) {
    const visitor = new Visitor();
    const answer = await visitor.get(localUrl(pageUrl)).finally(() => visitor.close());
    const waitingRoomHost = waitingRoomOf(answer.headers.get("location"), configuration, localUrl);
    if (waitingRoomHost !== undefined) {
      return { pageUrl, waitingRoomHost, staticUrl: staticFile(routes), localUrl };
    }
  }
  throw new UserError(
    "check-no-page",
    `None of these pages leads to a waiting room: ${pages.join(", ")}. Add a queue action for one of them to the ` +
      "integration configuration, then check again.",
  );
}

/** Paths that queue actions compare with, and the root. */
function pathsOf({ Integrations }: IntegrationConfiguration): readonly string[] {
  const literals = (Integrations ?? [])
    .filter(({ ActionType }) => actionEffect(ActionType) === "Queue")
    .flatMap(({ Triggers }) => Triggers.flatMap(({ TriggerParts }) => TriggerParts))
    .filter(({ ValidatorType, UrlPart }) => ValidatorType === "UrlValidator" && UrlPart === "PagePath")
    .flatMap(({ ValueToCompare, ValuesToCompare }) => [ValueToCompare, ...(ValuesToCompare ?? [])])
    .filter((literal): literal is string => typeof literal === "string" && literal !== "" && literal !== "*")
    .map((literal) => (literal.startsWith("/") ? literal : `/${literal}`));
  return [...new Set([...literals, "/"])];
}

function waitingRoomOf(
  location: string | null,
  { Integrations }: IntegrationConfiguration,
  localUrl: TargetSearch["localUrl"],
): string | undefined {
  if (location === null) return undefined;
  const hosts = (Integrations ?? []).flatMap(({ QueueDomain }) => QueueDomain ?? []);
  return hosts.find((host) => new URL(location).host === new URL(localUrl(`https://${host}/`)).host);
}

/** An address below the first bypassed folder. */
function staticFile(routes: readonly RouteSpec[]): string | undefined {
  const pattern = routes.find(({ kind }) => kind === "bypass")?.pattern;
  return pattern === undefined
    ? undefined
    : `https://${pattern.replace(/^https?:\/\//, "").replace(/\*$/, "")}logo.svg`;
}
