import type { IntegrationConfigModel } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigModel.js";
import { QueueEventConfig } from "@queue-it/connector-javascript/dist/models.js";
import type { Action } from "../configuration/integration-configuration.ts";

/** A queue action in the form that the SDK makes of it on every request, made once. */
export interface PreparedQueueAction {
  readonly event: QueueEventConfig;
  /** Waiting rooms whose session cookies let a visitor pass. */
  readonly waitingRoomIds: string[];
  /** Where the waiting room sends the visitor back to: a fixed address, or undefined for the page that was asked for. */
  readonly fixedTargetUrl: string | undefined;
}

/** Prepares a queue action as KnownUser.handleQueueAction does in SDK 5.0.1; undefined for other actions. */
export function prepareQueueAction(action: Action, version: number): PreparedQueueAction | undefined {
  if (action.ActionType !== "Queue") return undefined;
  // The SDK's types promise more than a configuration has to say.
  const said = action as unknown as IntegrationConfigModel;
  const event = new QueueEventConfig(
    said.EventId,
    said.InvolvedWaitingRoomIds ?? [],
    said.LayoutName,
    said.Culture,
    said.QueueDomain,
    said.QueuePathPrefix ?? "",
    said.ExtendCookieValidity === true,
    said.CookieValidityMinute ?? 0,
    said.CookieDomain,
    said.IsCookieHttpOnly,
    said.IsCookieSecure,
    version,
    said.Name,
    said.VerifyQueueIdEnabled ?? false,
    said.QueueIdUsageLimit ?? undefined,
  );
  return { event, waitingRoomIds: event.getAllWaitingRoomIds(), fixedTargetUrl: fixedTargetUrl(action) };
}

function fixedTargetUrl(action: Action): string | undefined {
  switch (action.RedirectLogic ?? "") {
    case "ForcedTargetUrl":
      return action.ForcedTargetUrl ?? "";
    case "EventTargetUrl":
      return "";
    default:
      return undefined;
  }
}
