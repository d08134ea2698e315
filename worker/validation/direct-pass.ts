import type {
  IDirectActionProvider,
  IDirectPassRequestDTO,
} from "@queue-it/connector-javascript/dist/DirectActions/index.js";
import { failureFrom } from "../runtime/failure.ts";
import { logWarning } from "../runtime/log.ts";
import {
  callRemote,
  capped,
  fillAddress,
  logRefusal,
  type RemoteAnswer,
  type RemoteCall,
} from "./remote-call.ts";
import type { DirectPassSettings, Settings } from "../deployment/settings.ts";
import { CONNECTOR_VERSION } from "../deployment/version.ts";

/**
 * Asks an endpoint whether a visitor without session may pass directly. The vendor's address is not public,
 * so it is a setting with the places `{customerId}` and `{waitingRoomId}`. The body is the SDK's
 * IDirectPassRequestDTO, the answer its IDirectPassResponseDTO, the proxy key goes in the header
 * `x-queueit-proxykey`.
 *
 * When the endpoint fails or is late, this throws and the SDK lets the visitor pass for three minutes; in
 * closed mode the visitor goes to the waiting room instead. A refusal (4xx) always does that: otherwise a
 * visitor could pass by sending something the endpoint does not take.
 */
export function directPassProvider(
  settings: DirectPassSettings,
  failureMode: Settings["failureMode"],
): IDirectActionProvider {
  const { url, proxyKey, timeoutMs } = settings;
  return {
    // The key that the SDK hands on is not used: it is read when the endpoint is asked.
    getSettings: () => ({ disabled: false, proxyKey: "", directPass: { timeoutMillis: timeoutMs } }),
    async tryDirectPass(
      customerId,
      waitingRoomId,
      actionName,
      pageUrl,
      _key,
      clientIp,
      userAgent,
      referer,
      timeout,
      sdk,
    ) {
      const body: IDirectPassRequestDTO = {
        protectedUrl: capped(pageUrl),
        sdkVersion: sdk,
        connectorPlatformVersion: `cloudflare-${CONNECTOR_VERSION}`,
        actionName,
      };
      const answer = await ask(failureMode, async () => ({
        url: fillAddress(url, { customerId, waitingRoomId }),
        headers: {
          "x-queueit-proxykey": (await proxyKey?.()) ?? "",
          "x-queueit-clientip": headerText(clientIp),
          "user-agent": headerText(userAgent),
          referer: headerText(referer),
        },
        body: { ...body },
        timeoutMs: timeout,
      }));
      if (answer.kind === "answered") return directPassResult(answer.body);
      logRefusal("direct-pass", answer.status);
      return { hasPassed: false };
    },
  };
}

async function ask(
  failureMode: Settings["failureMode"],
  call: () => Promise<RemoteCall>,
): Promise<RemoteAnswer> {
  try {
    return await callRemote(await call());
  } catch (error) {
    // Without what was thrown: it may quote the endpoint's answer.
    const { reason } = failureFrom(error, "direct-pass-unavailable");
    logWarning({ event: `direct-pass-failed-${failureMode}`, reason });
    if (failureMode === "open") throw error;
    return { kind: "answered", body: undefined };
  }
}

async function directPassResult(body: unknown): Promise<{ hasPassed: boolean; queueitToken: string }> {
  const answer = (body ?? {}) as { HasPassed?: unknown; QueueItToken?: unknown };
  const token = typeof answer.QueueItToken === "string" ? answer.QueueItToken : "";
  return { hasPassed: answer.HasPassed === true && (await hasRedirectType(token)), queueitToken: token };
}

/** Without one the SDK 5.0.1 throws after it has found the token valid. */
async function hasRedirectType(token: string): Promise<boolean> {
  const { QueueParameterHelper } = await import("@queue-it/connector-javascript/dist/queueitHelpers.js");
  const fields = QueueParameterHelper.extractQueueParams(token) as { redirectType?: string } | null;
  return Boolean(fields?.redirectType);
}

/** A header that throws would count as the endpoint's failure and let the visitor pass. */
function headerText(text: string): string {
  return capped(text).replace(/[^\x20-\x7e]/g, "?");
}
