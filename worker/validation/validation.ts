import { DebugService } from "@queue-it/connector-javascript/dist/Debugging/DebugService.js";
import type { RequestValidationResult } from "@queue-it/connector-javascript/dist/models.js";
import { Utils } from "@queue-it/connector-javascript/dist/queueitHelpers.js";
import { UserInQueueService } from "@queue-it/connector-javascript/dist/userInQueueService.js";
import { UserInQueueStateCookieRepository } from "@queue-it/connector-javascript/dist/userInQueueStateCookieRepository.js";
import { clientIpOf } from "../client-ip.ts";
import type { MatchedAction } from "../configuration/compiled.ts";
import type { Connector } from "../connector.ts";
import { createEnqueueToken } from "./enqueue-token.ts";
import { Failure, failureFrom } from "../failure.ts";
import { logWarning } from "../log.ts";
import { encode } from "../percent-encoding.ts";
import type { PreparedQueueAction } from "../configuration/prepared-queue-action.ts";
import { AJAX_HEADER, ENQUEUE_TOKEN_PLACE, SdkContext } from "./sdk-context.ts";
import { passWithSession } from "./session.ts";
import { CONNECTOR_VERSION } from "../version.ts";
import type { Visit } from "../visit.ts";

/** What the SDK decided about one request. */
export interface Verdict {
  /** Address at Queue-it to send the visitor to; undefined lets the visitor pass. */
  readonly redirectUrl: string | undefined;
  readonly isAjax: boolean;
  /** Whether the action that let the visitor pass is a queue action. */
  readonly isQueueAction: boolean;
  /** Whether an endpoint that was to be asked failed, and the visitor passes all the same. */
  readonly failedOpen: boolean;
  /** Values for `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

/** A request and what the SDK is asked about it. */
export interface Question {
  readonly visit: Visit;
  /** Decoded queue token, or the empty string. */
  readonly queueToken: string;
  /** The action that matched; without one only a diagnostics token has an effect. */
  readonly matched: MatchedAction | undefined;
  /** A configuration without actions, used when none matched. */
  readonly emptySdkConfiguration: string;
}

/**
 * Lets the SDK decide; a promise only where it needs more than the session cookie.
 * @throws Failure when an endpoint the action needs is out of reach.
 */
export function validate(question: Question, connector: Connector): Verdict | Promise<Verdict> {
  if (question.queueToken !== "") return validateWithToken(question, connector);
  const { visit, matched } = question;
  const action = visit.header(AJAX_HEADER) === "" ? matched?.queueAction : undefined;
  return (action && passWithSession(action, visit, connector)) ?? askSdk(question, connector, action);
}

/**
 * The SDK 5.0.1 throws on a signed queue token without redirect type. Whatever it is that a token makes it throw,
 * the visitor is then treated as one without a token: a token is never the way past the waiting room.
 */
async function validateWithToken(question: Question, connector: Connector): Promise<Verdict> {
  try {
    return await askSdk(question, connector);
  } catch (error) {
    if (error instanceof Failure) throw error;
    logWarning({ event: "queue-token-ignored", reason: "sdk-error", detail: failureFrom(error).message });
    return validate({ ...question, queueToken: "" }, connector);
  }
}

/** @param action The queue action that matched, when the request has neither queue token nor AJAX header. */
async function askSdk(
  question: Question,
  connector: Connector,
  action?: PreparedQueueAction,
): Promise<Verdict> {
  const { visit, queueToken } = question;
  const context = new SdkContext(visit, connector);
  const result = await (action === undefined
    ? resolveAny(question, context, connector)
    : resolvePlain(action, visit, context, connector));
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
 * What the SDK comes to for a queue action where there is neither queue token nor AJAX header: the layers above only
 * parse the configuration, check it and look for diagnostics, for which it takes a token.
 */
function resolvePlain(
  { event, fixedTargetUrl }: PreparedQueueAction,
  visit: Visit,
  context: SdkContext,
  { settings }: Connector,
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

/** Percent-encodes an address for the header that AJAX callers read, as the SDK does. */
export function ajaxAddress(url: string): string {
  return Utils.encodeURIComponent(url);
}

/**
 * Puts the enqueue token in and adds the connector's version. The SDK repeats a refused queue token as the visitor
 * sent it, decoded: encoded, it can neither add parameters to an address at Queue-it nor break the header. A real
 * one has nothing to encode.
 */
function addressAtQueueIt(url: string, queueToken: string, token: string | undefined): string {
  const repeated = "&queueittoken=";
  const place = `&enqueuetoken=${ENQUEUE_TOKEN_PLACE}`;
  let address = url;
  if (queueToken !== "")
    address = address.replace(repeated + queueToken, () => repeated + encode(queueToken));
  if (token !== undefined) address = address.replace(place, `&enqueuetoken=${token}`);
  return `${address}&kupver=cloudflare-${CONNECTOR_VERSION}`;
}
