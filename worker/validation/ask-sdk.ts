import type { RequestValidationResult } from "@queue-it/connector-javascript/dist/models.js";
import type { Connector } from "../isolate/connector.ts";
import type { PreparedQueueAction } from "./prepared-queue-action.ts";
import { clientIpOf } from "../visitor/client-ip.ts";
import type { Visit } from "../visitor/visit.ts";
import { addressAtQueueIt } from "./address-at-queue-it.ts";
import { createEnqueueToken } from "./enqueue-token.ts";
import { SdkContext } from "./sdk-context.ts";
import type { Question, Sdk, Verdict } from "./verdict.ts";

/**
 * Has the SDK answer a question.
 * @param action The queue action that matched, when the request has neither queue token nor AJAX header.
 */
export async function askSdk(
  question: Question,
  connector: Connector,
  sdk: Sdk,
  action?: PreparedQueueAction,
): Promise<Verdict> {
  const { visit, queueToken } = question;
  const context = new SdkContext(visit, connector);
  const result = await (action === undefined
    ? resolveAny(question, context, connector)
    : resolvePlain(action, visit, context, connector, sdk));
  const { enqueueTokenFor } = context;
  const token = enqueueTokenFor && (await enqueueToken(enqueueTokenFor, visit, connector));
  return {
    redirectUrl: result.doRedirect() ? addressAtQueueIt(result.redirectUrl, queueToken, token) : undefined,
    // The SDK leaves it out when it refuses a diagnostics token.
    isAjax: Boolean(result.isAjaxResult as boolean | undefined),
    isQueueAction: result.actionType === "Queue",
    failedOpen: context.failedOpen,
    cookies: context.cookies,
  };
}

async function resolveAny(
  { visit, queueToken, matched, emptySdkConfiguration }: Question,
  context: SdkContext,
  { settings }: Connector,
): Promise<RequestValidationResult> {
  // Half of the SDK, which most isolates never need for their first request: it is run when it is asked for.
  const { KnownUser } = await import("@queue-it/connector-javascript/dist/knownUser.js");
  return KnownUser.validateRequestByIntegrationConfig(
    visit.url.whole.value,
    queueToken,
    matched?.sdkConfiguration ?? emptySdkConfiguration,
    settings.customerId,
    settings.secretKey,
    context,
    null,
  );
}

/**
 * What the SDK comes to for a queue action where there is neither queue token nor AJAX header: the layers
 * above only parse the configuration, check it and look for diagnostics, for which it takes a token.
 */
function resolvePlain(
  { event, fixedTargetUrl }: PreparedQueueAction,
  visit: Visit,
  context: SdkContext,
  { settings }: Connector,
  { DebugService, UserInQueueService, UserInQueueStateCookieRepository }: Sdk,
): Promise<RequestValidationResult> {
  const sessions = new UserInQueueStateCookieRepository(context);
  const noDiagnostics = DebugService.createWithNoConnectorDiagnostics(context);
  return new UserInQueueService(context, sessions, noDiagnostics).validateQueueRequest(
    fixedTargetUrl ?? visit.url.whole.value,
    "",
    event,
    settings.customerId,
    settings.secretKey,
    "",
  );
}

async function enqueueToken(
  waitingRoomId: string,
  visit: Visit,
  { settings }: Connector,
): Promise<string | undefined> {
  if (settings.enqueueToken === undefined) return undefined;
  const { validityMs, withKey } = settings.enqueueToken;
  const clientIp = clientIpOf(visit, settings) || undefined;
  const key = withKey ? crypto.randomUUID() : undefined;
  const claims = { waitingRoomId, clientIp, key, issuedAt: Date.now(), identifier: crypto.randomUUID() };
  return createEnqueueToken(claims, settings, validityMs);
}
