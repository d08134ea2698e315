import { bodyBeginning } from "./visitor/body-beginning.ts";
import { connectorFor } from "./isolate/connector.ts";
import { failureFrom } from "./runtime/failure.ts";
import { logError } from "./runtime/log.ts";
import { fetchOrigin } from "./answers/origin.ts";
import type { Context, Env } from "./runtime/platform.ts";
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

    let decision: Decision;
    try {
      const connector = await connectorFor(env, context);
      if (isStatusCall(url)) {
        const answer = await answerStatusCall(request, connector, context);
        if (answer !== undefined) return answer;
      }
      decision = await decide(request, (limit) => bodyBeginning(request, limit), connector, context);
    } catch (error) {
      const { reason, message } = failureFrom(error);
      logError({ event: `failed-${failureMode}`, reason, detail: message });
      if (failureMode === "closed") return unavailable();
      return fetchOrigin({ request, url, cookies: [], failed: true, chained });
    }

    switch (decision.kind) {
      case "to-queue-it":
        return decision.isAjax
          ? redirectForAjax(decision.url, decision.cookies)
          : redirectTo(decision.url, decision.cookies);
      case "strip-token":
        return redirectTo(decision.url, decision.cookies);
      case "pass":
        // Outside of the try: the origin is asked once, whatever it does.
        return fetchOrigin({
          request,
          url: decision.url,
          cookies: decision.cookies,
          failed: decision.failedOpen,
          chained,
        });
    }
  },

  async scheduled(_event: unknown, env: Env, context: Context): Promise<void> {
    await pullConfiguration(async () => connectorFor(env, context));
  },
};
