import { printable } from "../../text/printable.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import {
  type ActionLookup,
  type Explanation,
  type Sent,
  explainUrl,
  type Route,
} from "../../plan/routing.ts";
import { written } from "../../plan/sentence.ts";
import { type ConditionalCase, DEMO_CASES, type Happening } from "../shop/cases.ts";
import type { ShownCase } from "../shop/guide.ts";
import type { EnvironmentPage } from "./environment-pages.ts";

/** Where requests go and what the Worker does with them. */
export interface Decided {
  readonly routes: readonly Route[];
  readonly actionAt: ActionLookup;
}

/**
 * What there is to try on a site: the demo's own cases as far as they are true there, then the pages of the
 * environment that none of these shows.
 */
export function siteCases(
  hostname: string,
  pages: readonly EnvironmentPage[],
  decided: Decided,
): readonly ShownCase[] {
  const explain = (path: string, sent: Sent = {}): Explanation =>
    explainUrl(new URL(`https://${hostname}${path}`), decided.routes, (url) => decided.actionAt(url, sent));
  const ofDemo = DEMO_CASES.filter((each) => holds(each, explain));
  const shownPaths = ofDemo.flatMap(({ path, decidedAt }) => [withoutQuery(path), withoutQuery(decidedAt)]);
  const shownBypasses = ofDemo
    .map(({ path }) => explain(path))
    .filter(({ outcome }) => outcome === "bypassed");
  const others = pages.filter(({ url }, index) => {
    // A route's page may be one of the coverage's, too.
    if (pages.findIndex((other) => other.url === url) !== index) return false;
    const address = new URL(url);
    if (address.hostname !== hostname || shownPaths.includes(address.pathname)) return false;
    const { outcome, pattern } = explain(pathOf(address));
    return outcome !== "bypassed" || !shownBypasses.some((shown) => shown.pattern === pattern);
  });
  return [
    ...ofDemo.map(({ label, path, explains, decidedAt }) => ({
      label,
      path,
      explains,
      queues: happening(explain(path)) === "Queue",
      cause: causeSentence(explain(decidedAt), path === decidedAt ? undefined : decidedAt),
    })),
    ...others.map(({ url }) => ofPage(pathOf(new URL(url)), explain)),
  ];
}

/** Which route and which action decide, as a sentence. */
export function causeSentence(explanation: Explanation, path?: string): string {
  const words = written(outcomeSentence(explanation), printable);
  return path === undefined ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : `${path} is ${words}.`;
}

type Explain = (path: string, sent?: Sent) => Explanation;

function holds({ needs }: ConditionalCase, explain: Explain): boolean {
  const met = needs.map(({ path, happens, ...sent }) => {
    const explanation = explain(path, sent);
    return { explanation, ok: happens.some((each) => each === happening(explanation)) };
  });
  const rooms = met.flatMap(({ explanation: { action } }) =>
    typeof action === "object" && action.type === "Queue" ? [action.waitingRoom] : [],
  );
  return met.every(({ ok }) => ok) && new Set(rooms).size <= 1;
}

/** Undefined where it is not known. */
function happening({ outcome, action }: Explanation): Happening | undefined {
  if (outcome === "bypassed" || outcome === "no-route") return outcome;
  if (outcome === "uncertain" || action === undefined) return undefined;
  if (action === "none") return "no-action";
  // The SDK takes a type that it does not know as Ignore.
  return action.type === "Queue" || action.type === "Cancel" ? action.type : "Ignore";
}

const PAGES: Readonly<Record<Happening | "unknown", readonly [label: string, explains: string]>> = {
  Queue: ["Protected page", "You go through the waiting room first, then straight in."],
  Cancel: [
    "Page that cancels",
    "Cancels your session: the next protected page sends you to the end of the line.",
  ],
  Ignore: ["Page left alone", "The Worker sees it and leaves it alone: nobody queues."],
  "no-action": ["Open page", "The Worker sees it, but no action applies: nobody queues."],
  bypassed: ["Bypassed page", "Cloudflare serves it without the Worker, which is faster and not billed."],
  "no-route": ["Page without a route", "No route sends it to the Worker: nobody queues."],
  unknown: ["Page", "The Worker sees it; what it does is unknown."],
};

function ofPage(path: string, explain: Explain): ShownCase {
  const explanation = explain(path);
  const happens = happening(explanation);
  const [label, explains] = PAGES[happens ?? "unknown"];
  return {
    label: `${label} ${path}`,
    path,
    explains,
    queues: happens === "Queue",
    cause: causeSentence(explanation),
  };
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

function withoutQuery(path: string): string {
  return path.split("?", 1)[0] ?? "";
}
