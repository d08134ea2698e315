import type { IVerifyActionService } from "@queue-it/connector-javascript/dist/connectorContextProvider.js";
import { clientIpOf } from "./client-ip.ts";
import { Failure } from "./failure.ts";
import { callRemote, capped, fillAddress, type RemoteAnswer } from "./remote-call.ts";
import type { Settings } from "./settings.ts";
import type { Visit } from "./visit.ts";

const TIMEOUT_MS = 3000;

/**
 * Asks Queue-it how often a queue id was used. The vendor's address is not public, so it is a setting with the
 * places `{customerId}`, `{waitingRoomId}`, `{queueId}` and `{queueIdUsageLimit}`. The body is the SDK's
 * IVerifyActionDTO, the answer its IVerifyActionResponseDTO, the API key goes in the header `api-key`.
 */
export function verifyActionService(visit: Visit, settings: Settings): IVerifyActionService {
  return {
    async verify(customerId, waitingRoomId, queueId, queueIdUsageLimit, _apiKey, actionName) {
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
        headers: { "api-key": apiKey },
        body: {
          url: capped(visit.request.url),
          ip: capped(clientIpOf(visit, settings)),
          actionName,
          userAgent: capped(visit.header("user-agent")),
        },
        timeoutMs: TIMEOUT_MS,
      });
      return answer.kind === "answered" && usageCount(answer.body) <= queueIdUsageLimit;
    },
  };
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
