import type { Connector } from "../isolate/connector.ts";
import type { PreparedQueueAction } from "./prepared-queue-action.ts";
import { SdkContext } from "./sdk-context.ts";
import type { Sdk, Verdict } from "./verdict.ts";
import type { Visit } from "../visitor/visit.ts";

/**
 * Lets a visitor pass whose session cookie the SDK finds valid, which nearly all of a sale's page views have;
 * undefined for all others. It is what UserInQueueService does first in SDK 5.0.1, without the promises it
 * makes for the rest.
 */
export function passWithSession(
  { event, waitingRoomIds }: PreparedQueueAction,
  visit: Visit,
  connector: Connector,
  { UserInQueueStateCookieRepository }: Sdk,
): Verdict | undefined {
  if (event.verifyActionEnabled) return undefined;
  const { secretKey } = connector.settings;
  const context = new SdkContext(visit, connector);
  const sessions = new UserInQueueStateCookieRepository(context);
  const state = sessions.getState(waitingRoomIds, event.cookieValidityMinute, secretKey, true, "Queue");
  if (!state.isValid) return undefined;
  if (event.extendCookieValidity && state.isStateExtendable()) {
    sessions.store(
      state.waitingRoomId,
      state.queueId,
      null,
      event.cookieDomain,
      event.isCookieHttpOnly,
      event.isCookieSecure,
      state.redirectType,
      state.hashedIp,
      secretKey,
    );
  }
  const { cookies } = context;
  return { redirectUrl: undefined, isAjax: false, isQueueAction: true, failedOpen: false, cookies };
}
