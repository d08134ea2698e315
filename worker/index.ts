import { bodyBeginning } from "./visitor/body-beginning.ts";
import { connectorFor } from "./isolate/connector.ts";
import { allowOwnHeaders, forPreflight } from "./answers/cross-origin.ts";
import { failureFrom } from "./runtime/failure.ts";
import { HookedVisit } from "./hooks/hooked-visit.ts";
import { HOOKS } from "./hooks/none.ts";
import { logError } from "./runtime/log.ts";
import { fetchOrigin } from "./answers/origin.ts";
import type { Context, Env, ServiceBinding } from "./runtime/platform.ts";
import { answerPublishCall, isPublishCall } from "./publishing/publish.ts";
import { pullConfiguration } from "./publishing/pull.ts";
import { decide, type Decision } from "./request-flow.ts";
import { redirectForAjax, redirectTo, unavailable } from "./answers/response.ts";
import { chainedWorkerOf, failureModeOf } from "./deployment/settings.ts";
import { answerStatusCall, isStatusCall } from "./status/status.ts";

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    const failureMode = failureModeOf(env);
    const chained = chainedWorkerOf(env);
    // The outer net: even a fault in the lines below leaves visitors with the site. Not where a Worker is the
    // site: the runtime would ask the origin, past it.
    if (failureMode === "open" && chained === undefined) context.passThroughOnException();
    const { url } = request;
    if (isPublishCall(url)) return answerPublishCall(request, async () => connectorFor(env, context));

    const hooked = HOOKS && new HookedVisit(HOOKS, request);

    let decision: Decision | Response;
    try {
      const connector = await connectorFor(env, context);
      if (isStatusCall(url)) {
        const answer = await answerStatusCall(request, connector, context);
        if (answer !== undefined) return answer;
      }
      const decideNow = () => decide(request, (limit) => bodyBeginning(request, limit), connector, context);
      decision = await (HOOKS && hooked ? hooked.decide(decideNow) : decideNow());
    } catch (error) {
      const { reason, message } = failureFrom(error);
      logError({ event: `failed-${failureMode}`, reason, detail: message });
      decision =
        failureMode === "closed" ? unavailable() : { kind: "pass", url, cookies: [], failedOpen: true };
    }
    // Outside of the try: the origin is asked once, whatever it does.
    const answer = decision instanceof Response ? decision : await answerFor(request, decision, chained);
    return HOOKS && hooked ? hooked.finish(answer, decision) : answer;
  },

  async scheduled(_event: unknown, env: Env, context: Context): Promise<void> {
    await pullConfiguration(async () => connectorFor(env, context));
  },
};

async function answerFor(
  request: Request,
  decision: Decision,
  chained: ServiceBinding | undefined,
): Promise<Response> {
  switch (decision.kind) {
    case "to-queue-it":
      return decision.isAjax
        ? redirectForAjax(decision.url, decision.cookies, decision.reader)
        : redirectTo(decision.url, decision.cookies, decision.reader);
    case "strip-token":
      return redirectTo(decision.url, decision.cookies, decision.reader);
    case "preflight":
      return decision.allowed === undefined
        ? forPreflight(await fetchOrigin({ request, url: request.url, cookies: [], failed: false, chained }))
        : allowOwnHeaders(decision.allowed);
    case "prefetch":
      return unavailable();
    case "pass":
      return fetchOrigin({
        request,
        url: decision.url,
        cookies: decision.cookies,
        failed: decision.failedOpen,
        chained,
      });
  }
}
