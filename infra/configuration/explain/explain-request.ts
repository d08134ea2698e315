import { isPublishCall } from "../../../worker/publishing/publish.ts";
import { decide, type Decision } from "../../../worker/request-flow.ts";
import { failureFrom } from "../../../worker/runtime/failure.ts";
import { askedAhead } from "../../../worker/validation/ahead.ts";
import { realistic, takeQueueToken, TOKEN_HEADER } from "../../../worker/validation/queue-token.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { type Explanation, explainUrl } from "../../plan/routing.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { type CredentialStep, sessionSteps, tokenStep } from "./credentials.ts";
import type { Explainer } from "./explainer.ts";
import { type Matching, matchSteps } from "./match-steps.ts";
import { type LogLine, quietly } from "./quietly.ts";
import { type SentRequest, sentRequest, type TriedRequest } from "./visitor-request.ts";

/** What happens to one request, step by step. */
export interface ExplainedRequest {
  readonly request: TriedRequest;
  readonly environment: string;
  readonly route: Explanation;
  /** What the Worker does; undefined where no route brings the request to it. */
  readonly worker: WorkerSteps | undefined;
}

export interface WorkerSteps {
  readonly matching: Matching;
  readonly credentials: readonly CredentialStep[];
  /** What comes of it, or that the Worker takes it for something else than a page. */
  readonly decision:
    Decision | { readonly kind: "publish-call" } | { readonly kind: "failure"; readonly detail: string };
  /** Whether the decision would be another one with a token or session that is not checked here. */
  readonly isConditional: boolean;
  /** The Worker that answers what passes; undefined for the origin. */
  readonly chained: string | undefined;
  /** What is not asked here, and may change the decision. */
  readonly notes: readonly string[];
  readonly log: readonly LogLine[];
}

/**
 * Says what happens to a request, with the Worker's own code.
 *
 * @throws TypeError when a header is none.
 */
export async function explainRequest(tried: TriedRequest, explainer: Explainer): Promise<ExplainedRequest> {
  const request = sentRequest(tried);
  const route = explainUrl(new URL(request.url), explainer.routes, () => undefined);
  const isSeen = route.outcome === "protected";
  return {
    request: tried,
    environment: explainer.environment,
    route,
    worker: isSeen ? await workerSteps(request, explainer) : undefined,
  };
}

/** What the Worker does with a request that its routes bring to it. */
async function workerSteps(request: SentRequest, explainer: Explainer): Promise<WorkerSteps> {
  const { connector, compiled, chained } = explainer;
  const readBody = (limit: number): Promise<string> => Promise.resolve(request.body.slice(0, limit));
  const { url, token } = takeQueueToken(request.url);
  const body = compiled.readsBody ? await readBody(connector.settings.requestBodyLimit) : "";
  const visit = new Visit(request, url, body);
  const matching = matchSteps(visit, explainer);
  if (isPublishCall(request.url)) {
    const decision = { kind: "publish-call" } as const;
    return { matching, credentials: [], decision, isConditional: false, chained, notes: [], log: [] };
  }
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined };
  const { result: decided, log } = await quietly(async () => {
    try {
      return await decide(request, readBody, connector, context);
    } catch (error) {
      return { kind: "failure", detail: failureFrom(error).message } as const;
    }
  });
  const decision = isRefusedAsUse(visit, matching, explainer) ? REFUSED_AHEAD : decided;
  const queueToken = realistic(token || visit.header(TOKEN_HEADER));
  const credentials = credentialSteps({ visit, queueToken, matching, decision }, explainer);
  return {
    matching,
    credentials,
    decision,
    isConditional: credentials.some(({ state }) => state === "not-checked"),
    chained,
    notes: notesOf(matching, decision, explainer),
    log,
  };
}

const REFUSED_AHEAD = { kind: "prefetch", cookies: [] } as const;

/** Whether a page is fetched ahead whose action counts uses: that would be one, whatever session there is. */
function isRefusedAsUse(
  visit: Visit,
  { matched }: Pick<Matching, "matched">,
  { countsUses, settings }: Explainer,
): boolean {
  return (
    matched !== undefined &&
    countsUses(matched.action) &&
    askedAhead({ visit, matched }, settings) === "prefetch"
  );
}

interface Judged {
  readonly visit: Visit;
  readonly queueToken: string;
  readonly matching: Matching;
  readonly decision: WorkerSteps["decision"];
}

function credentialSteps(
  { visit, queueToken, matching: { matched }, decision }: Judged,
  explainer: Explainer,
): readonly CredentialStep[] {
  if (matched === undefined || actionEffect(matched.action.ActionType) === "Ignore") return [];
  // Whatever they are, they change nothing there.
  if (decision.kind === "preflight" || isRefusedAsUse(visit, { matched }, explainer)) return [];
  const isPrefetch = decision.kind === "prefetch";
  if (isPrefetch && actionEffect(matched.action.ActionType) === "Cancel") return [];
  const sessions = sessionSteps(matched.action, visit, explainer);
  if (isPrefetch) return sessions;
  if (actionEffect(matched.action.ActionType) === "Cancel" || queueToken === "") return sessions;
  const redirectUrl = decision.kind === "to-queue-it" ? decision.url : undefined;
  // Who has a session passes by it, and the token is not what decides.
  if (sessions.some(({ state }) => state === "valid")) return sessions;
  return [...sessions, tokenStep(queueToken, redirectUrl, explainer)];
}

function notesOf(
  { matched }: Matching,
  decision: WorkerSteps["decision"],
  { settings, countsUses, isFromElsewhere, hooks }: Explainer,
): readonly string[] {
  const isQueue = matched?.action.ActionType === "Queue";
  const isCounted =
    isQueue && countsUses(matched.action) && decision.kind !== "preflight" && decision.kind !== "prefetch";
  const goesToWaitingRoom = decision.kind === "to-queue-it" && isQueue && !decision.url.includes("/error/");
  return [
    ...(isFromElsewhere
      ? [
          "The environment runs a Worker file from elsewhere: this is what this project's own Worker would do.",
        ]
      : []),
    ...(hooks === undefined || decision.kind === "publish-call"
      ? []
      : [`Your hooks (${hooks}) are not run here: they may leave the request alone, or answer it.`]),
    ...(isCounted ? ["Uses of a queue id are not counted here: this is what happens within the limit."] : []),
    ...(goesToWaitingRoom && settings.directPass !== undefined
      ? [
          "The Worker first asks the direct-pass endpoint, which may let the visitor pass; it is not asked here.",
        ]
      : []),
    ...(goesToWaitingRoom && settings.enqueueToken !== undefined
      ? ["The address also gets an enqueue token, which is made anew for each visitor."]
      : []),
  ];
}
