import type { CompiledConfiguration } from "../isolate/compiled.ts";
import type { Connector } from "../isolate/connector.ts";
import { equalInConstantTime } from "../encoding/hmac.ts";
import { matchedAction } from "../isolate/matched-action.ts";
import { HOOKS } from "../hooks/none.ts";
import type { Context } from "../runtime/platform.ts";
import { OWN_ANSWER } from "../answers/response.ts";
import type { Settings } from "../deployment/settings.ts";
import {
  configurationText,
  STATUS_HASH_HEADER,
  STATUS_HEADER,
  STATUS_PARAMETER,
  STATUS_TEXT_HEADER,
  STATUS_VALIDITY_MS,
  statusAnswerText,
  statusCallText,
  type WorkerStatus,
} from "./status-protocol.ts";
import { urlParts } from "../visitor/url-parts.ts";
import { CONNECTOR_VERSION } from "../deployment/version.ts";
import { Visit } from "../visitor/visit.ts";

/** Whether the address has the status parameter, which comes last. */
export function isStatusCall(url: string): boolean {
  return url.endsWith(`?${STATUS_PARAMETER}`) || url.endsWith(`&${STATUS_PARAMETER}`);
}

/**
 * Answers a status call with JSON, and the hash that proves who wrote it. Undefined for a call that is not
 * signed with the secret key for this host and this minute: it is then a request like any other, so that
 * nobody learns more than that.
 *
 * @throws Failure when the connector cannot be made.
 */
export async function answerStatusCall(
  request: Request,
  connector: Connector,
  context: Context,
): Promise<Response | undefined> {
  const callHash = validHash(request, connector);
  if (callHash === undefined) return undefined;
  const body = JSON.stringify(await statusOf(request, connector, context));
  return new Response(body, {
    headers: {
      ...OWN_ANSWER,
      "content-type": "application/json",
      [STATUS_HASH_HEADER]: connector.sign(statusAnswerText(callHash, body)),
    },
  });
}

function validHash(request: Request, { sign }: Connector): string | undefined {
  if (request.method !== "GET") return undefined;
  const [issuedAt, hash = ""] = (request.headers.get(STATUS_HEADER) ?? "").split(".", 2);
  // What is not a number is not within the minute.
  if (!(Math.abs(Date.now() - Number(issuedAt)) <= STATUS_VALIDITY_MS)) return undefined;
  const wanted = sign(statusCallText(urlParts(request.url).host, Number(issuedAt)));
  return equalInConstantTime(wanted, hash) ? hash : undefined;
}

async function statusOf(
  request: Request,
  { settings, configuration: store, sign }: Connector,
  context: Context,
): Promise<WorkerStatus> {
  // That there is none is what the asker wants to know, not a failure of this request.
  const configuration = await Promise.resolve(store.current(context, request.url)).catch(() => null);
  return {
    connector: CONNECTOR_VERSION,
    bundle: settings.bundle ?? null,
    failure: settings.failureMode,
    owner: settings.owner,
    ...(HOOKS && { hooks: Object.keys(HOOKS) }),
    chained: settings.chained,
    configuration: configuration && {
      version: configuration.version,
      actions: configuration.configuration.Integrations?.length ?? 0,
      text: request.headers.get(STATUS_TEXT_HEADER) && configuration.text,
      hash: sign(configurationText(configuration.text)),
    },
    action: configuration && actionAt(request, configuration, settings),
  };
}

function actionAt(
  request: Request,
  configuration: CompiledConfiguration,
  settings: Settings,
): WorkerStatus["action"] {
  const page = request.url.slice(0, -STATUS_PARAMETER.length - 1);
  const action = matchedAction(configuration, new Visit(request, page, ""), settings)?.action;
  if (action === undefined) return null;
  const waitingRoom = action.EventId ?? "";
  return {
    name: action.Name ?? waitingRoom,
    type: action.ActionType,
    waitingRoom,
    queueDomain: action.QueueDomain ?? "",
  };
}
