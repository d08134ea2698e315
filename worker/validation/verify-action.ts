import type { IVerifyActionService } from "@queue-it/connector-javascript/dist/connectorContextProvider.js";
import { clientIpOf } from "../visitor/client-ip.ts";
import { Failure, failureFrom } from "../runtime/failure.ts";
import { logError } from "../runtime/log.ts";
import { callRemote, capped, fillAddress, logRefusal, type RemoteAnswer } from "./remote-call.ts";
import type { Settings } from "../deployment/settings.ts";
import type { Visit } from "../visitor/visit.ts";

const TIMEOUT_MS = 3000;

/**
 * Asks Queue-it how often a queue id was used. The vendor's address is not public, so it is a setting with
 * the places `{customerId}`, `{waitingRoomId}`, `{queueId}` and `{queueIdUsageLimit}`. The body is the SDK's
 * IVerifyActionDTO, the answer its IVerifyActionResponseDTO, the API key goes in the header `api-key`.
 *
 * Only a visitor with a valid token or session comes to be asked about. Where nobody can say, open mode takes
 * the use for one within the limit, so that the visitor gets or keeps the session; closed mode fails.
 *
 * @param failedOpen Called when that happens.
 */
export function verifyActionService(
  visit: Visit,
  settings: Settings,
  failedOpen: () => void,
): IVerifyActionService {
  return {
    async verify(customerId, waitingRoomId, queueId, queueIdUsageLimit, _apiKey, actionName) {
      try {
        const call = { customerId, waitingRoomId, queueId, queueIdUsageLimit, actionName };
        return await isWithinLimit(call, visit, settings);
      } catch (error) {
        const { reason, message } = failureFrom(error);
        if (settings.failureMode === "closed") throw error;
        logError({ event: "failed-open", reason, detail: message });
        failedOpen();
        return true;
      }
    },
  };
}

interface Use {
  readonly customerId: string;
  readonly waitingRoomId: string;
  readonly queueId: string;
  readonly queueIdUsageLimit: number;
  readonly actionName: string;
}

/** @throws Failure when nobody can say. */
async function isWithinLimit(use: Use, visit: Visit, settings: Settings): Promise<boolean> {
  const { customerId, waitingRoomId, queueId, queueIdUsageLimit, actionName } = use;
  const { verifyActionUrl, apiKey } = settings;
  if (verifyActionUrl === undefined || apiKey === undefined) {
    throw new Failure(
      "verify-action-unavailable",
      "An action limits uses of a queue id, but the verify-action address or the API key is not set.",
    );
  }
  const limit = String(queueIdUsageLimit);
  const answer = await ask({
    url: fillAddress(verifyActionUrl, {
      customerId,
      waitingRoomId,
      queueId: capped(queueId),
      queueIdUsageLimit: limit,
    }),
    headers: { "api-key": await apiKey() },
    body: {
      url: capped(visit.request.url),
      ip: capped(clientIpOf(visit, settings)),
      actionName,
      userAgent: capped(visit.header("user-agent")),
    },
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind === "answered") return usageCount(answer.body) <= queueIdUsageLimit;
  // The API key is not the visitor's, who must not lose the session for it.
  if (answer.status === 401)
    throw new Failure("verify-action-unavailable", "The verify-action endpoint does not take the API key.");
  logRefusal("verify-action", answer.status);
  return false;
}

async function ask(call: Parameters<typeof callRemote>[0]): Promise<RemoteAnswer> {
  try {
    return await callRemote(call);
  } catch {
    throw new Failure("verify-action-unavailable", "The verify-action endpoint did not answer as expected.");
  }
}

function usageCount(body: unknown): number {
  const count: unknown = (body as { QIdUsageCount?: unknown } | null)?.QIdUsageCount;
  if (typeof count === "number") return count;
  throw new Failure(
    "verify-action-unavailable",
    "The verify-action endpoint answered without QIdUsageCount.",
  );
}
