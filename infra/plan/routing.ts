import { compileConfiguration, type CompiledConfiguration } from "../../worker/isolate/compiled.ts";
import { strictestMatch } from "../../worker/isolate/strictest-match.ts";
import { Visit } from "../../worker/visitor/visit.ts";
import { matchesOf, readRoutes } from "../cloudflare/route-table.ts";

/** A route pattern and whether it leads to the Worker. */
export interface Route {
  readonly kind: "protect" | "bypass";
  /** Undefined while it is not known yet. */
  readonly pattern: string | undefined;
  /** The other Worker that a bypass goes to; left out, the origin. */
  readonly worker?: string | undefined;
}

/** What happens to a request for one URL. */
export interface Explanation {
  /** `uncertain`: a route that is not known yet could win. */
  readonly outcome: "protected" | "bypassed" | "no-route" | "uncertain";
  /** Pattern of the route that wins. */
  readonly pattern: string | undefined;
  /** Patterns that match too and are less specific, best first. */
  readonly outranked: readonly string[];
  /** The other Worker that answers on a bypass; undefined where the origin does. */
  readonly worker?: string | undefined;
  /** Whether a Worker runs, which Cloudflare counts and bills. */
  readonly paid: boolean;
  /** The action of the integration configuration that applies; undefined where that is not known. */
  readonly action: ExplainedAction | undefined;
}

export type ExplainedAction =
  | {
      readonly type: string;
      readonly name: string;
      readonly waitingRoom: string | undefined;
      /** Host of the waiting room. */
      readonly queueDomain: string;
    }
  | "none";

/** What a visitor sends besides the URL. */
export interface Sent {
  /** @default "" */
  readonly body?: string;
  /** Cookie header. @default none */
  readonly cookie?: string;
}

export type ActionLookup = (url: URL, sent?: Sent) => ExplainedAction | undefined;

/** Which route gets a URL, by Cloudflare's rules, and which action the Worker would take there. */
export function explainUrl(url: URL, routes: readonly Route[], actionFor: ActionLookup): Explanation {
  const matching = matchesOf(readRoutes(routes), url);
  const [winner] = matching;
  const outcome = routes.some(({ pattern }) => pattern === undefined)
    ? "uncertain"
    : winner === undefined
      ? "no-route"
      : winner.route.kind === "protect"
        ? "protected"
        : "bypassed";
  const isSeen = winner?.route.kind === "protect";
  const worker = winner?.route.worker;
  return {
    outcome,
    pattern: winner?.pattern.text,
    outranked: matching.slice(1).map(({ pattern }) => pattern.text),
    worker,
    paid: isSeen || worker !== undefined,
    action: isSeen ? actionFor(url) : undefined,
  };
}

/**
 * Which action the Worker would take for a visitor that comes to a URL for the first time: a GET request
 * without cookies and body, unless it is said what is sent. A configuration that the Worker would not take,
 * or that is not known, has no answer.
 *
 * @param configuration Text of the integration configuration.
 * @param matching Which spellings of a URL triggers are tried on.
 */
export function actionLookup(
  configuration: string | undefined,
  matching: "as-configured" | "normalized",
): ActionLookup {
  const compiled = configuration === undefined ? undefined : compileOrNothing(configuration);
  return (url, { body = "", cookie } = {}) => {
    if (compiled === undefined) return undefined;
    const headers = new Headers({
      host: url.host,
      "user-agent": "Mozilla/5.0",
      ...(cookie !== undefined && { cookie }),
    });
    const visit = new Visit({ url: url.href, method: body === "" ? "GET" : "POST", headers }, url.href, body);
    const matched = matching === "normalized" ? strictestMatch(compiled, visit) : compiled.match(visit);
    const action = matched?.action;
    if (action === undefined) return "none";
    const waitingRoom = action.EventId ?? undefined;
    return {
      type: action.ActionType,
      name: action.Name ?? waitingRoom ?? "(unnamed)",
      waitingRoom,
      queueDomain: action.QueueDomain ?? "",
    };
  };
}

function compileOrNothing(text: string): CompiledConfiguration | undefined {
  try {
    return compileConfiguration(text);
  } catch {
    // The Worker would not take it either, and go on with the one it has.
    return undefined;
  }
}
