import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { UserError } from "../../errors/user-error.ts";
import { actionLookup, explainUrl } from "../../plan/routing.ts";
import { isProtected } from "../../specification/takes-publish-calls.ts";
import { withParameter } from "../../verify/with-parameter.ts";
import { environmentPages, type RoutedSites } from "../sites/environment-pages.ts";
import { namedPaths } from "../sites/named-paths.ts";
import { causeSentence } from "../sites/site-cases.ts";
import type { TriedPage } from "./six-steps.ts";
import { Visitor } from "./visitor.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

export interface TargetSearch extends Omit<RoutedSites, "coverage"> {
  /**
   * What the environment promises of its pages.
   * @default nothing
   */
  readonly coverage?: RoutedSites["coverage"];
  /** How the Worker matches. */
  readonly matching: "as-configured" | "normalized";
  /** The integration configuration the Worker has. */
  readonly configuration: IntegrationConfiguration;
  readonly localUrl: (realUrl: string) => string;
}

/**
 * Finds a page that leads to a waiting room and takes the token on the way back: one of the environment's
 * own, or one of those that the integration configuration's queue actions name.
 *
 * @throws UserError when none does.
 */
export async function findTriedPage(search: TargetSearch): Promise<TriedPage> {
  const { hostnames, routes, coverage, matching, configuration, localUrl } = search;
  const own = environmentPages({ hostnames, routes, coverage });
  const promised = new Set((coverage?.protected ?? []).map((url) => new URL(url).href));
  const explain = explainer();
  const named = hostnames.flatMap((host) =>
    namedPaths(configuration).map((path) => new URL(path, `https://${host}`).href),
  );
  const pages = [
    ...new Set([...own.filter(({ meant }) => meant === "queue").map(({ url }) => url), ...named]),
  ].filter((url) => isProtected(routes, url));
  const returnable = pages.filter((url) => isProtected(routes, withParameter(url, "queueittoken=x")));
  if (pages.length > 0 && returnable.length === 0) throw noWayBack(pages, explain);

  for (const pageUrl of returnable) {
    const visitor = new Visitor();
    const answer = await visitor.get(localUrl(pageUrl)).finally(() => visitor.close());
    const waitingRoomHost = waitingRoomOf(answer.headers.get("location"), configuration, localUrl);
    if (waitingRoomHost === undefined) continue;
    return {
      pageUrl,
      waitingRoomHost,
      otherPages: [
        ...new Set(
          own
            .filter(({ url }) => url !== pageUrl && (promised.has(url) || queues(url)))
            .map(({ url }) => url),
        ),
      ],
      ignoredUrls: own.filter(({ meant }) => meant === "ignore").map(({ url }) => url),
      bypassedUrls: [
        ...new Set(
          own
            .filter(({ url, meant }) => meant === "bypass" || explain(url).outcome === "bypassed")
            .map(({ url }) => url),
        ),
      ],
      localUrl,
    };
  }
  throw nothingQueues(returnable, search.routes, explain);

  function explainer(): Explain {
    const actionAt = actionLookup(JSON.stringify(configuration), matching);
    return (url) => explainUrl(new URL(url), routes, actionAt);
  }

  function queues(url: string): boolean {
    const { action } = explain(url);
    return typeof action === "object" && action.type === "Queue";
  }
}

type Explain = (url: string) => ReturnType<typeof explainUrl>;

/** More than that nobody reads. */
const MOST_NAMED = 5;

function noWayBack(pages: readonly string[], explain: Explain): UserError {
  const patterns = [...new Set(pages.map((url) => explain(url).pattern ?? ""))];
  return new UserError(
    "check-no-query",
    "Visitors cannot come back from a waiting room: the queue token comes in a query string, and no " +
      `protected route matches one (${patterns.slice(0, MOST_NAMED).join(", ")}). Adding ? and any text ` +
      "to an address also gets around the waiting room. End these paths with *, for example " +
      `${patterns[0] ?? ""}*, then check again.`,
  );
}

function nothingQueues(pages: readonly string[], routes: RoutedSites["routes"], explain: Explain): UserError {
  if (pages.length === 0) {
    return new UserError(
      "check-no-route",
      "No route sends an https address of the sites to the Worker " +
        `(${routes.map(({ pattern }) => pattern).join(", ")}). Add one to "protect", for example "/*", ` +
        "then check again.",
    );
  }
  const seen = pages.slice(0, MOST_NAMED).map((url) => `${url}: ${causeSentence(explain(url))}`);
  return new UserError(
    "check-no-page",
    `No page leads to a waiting room. ${seen.join(" ")} Add a queue action for one of these pages to the ` +
      "integration configuration, then check again.",
  );
}

function waitingRoomOf(
  location: string | null,
  { Integrations }: IntegrationConfiguration,
  localUrl: TargetSearch["localUrl"],
): string | undefined {
  const url = location === null ? undefined : parsedUrl(location);
  if (url === undefined) return undefined;
  const hosts = (Integrations ?? []).flatMap(({ QueueDomain }) => QueueDomain ?? []);
  return hosts.find((host) => url.host === new URL(localUrl(`https://${host}/`)).host);
}
