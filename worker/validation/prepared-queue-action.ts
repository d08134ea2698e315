import type { IntegrationConfigModel } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigModel.js";
import type { QueueEventConfig } from "@queue-it/connector-javascript/dist/models.js";
import type { Action } from "../configuration/integration-configuration.ts";
import type { MatchedAction } from "../isolate/compiled.ts";
import type { Sdk } from "./verdict.ts";

/** A queue action in the form that the SDK makes of it on every request, made once. */
export interface PreparedQueueAction {
  readonly event: QueueEventConfig;
  /** Waiting rooms whose session cookies let a visitor pass. */
  readonly waitingRoomIds: string[];
  /**
   * Where the waiting room sends the visitor back to: a fixed address, or undefined for the page that was
   * asked for.
   */
  readonly fixedTargetUrl: string | undefined;
}

const prepared = new WeakMap<MatchedAction, PreparedQueueAction>();

/** A queue action as the SDK prepares it; undefined for other actions. */
export function preparedQueueAction(matched: MatchedAction, sdk: Sdk): PreparedQueueAction | undefined {
  if (matched.action.ActionType !== "Queue") return undefined;
  let queueAction = prepared.get(matched);
  if (queueAction === undefined) prepared.set(matched, (queueAction = prepareQueueAction(matched, sdk)));
  return queueAction;
}

/** What KnownUser.handleQueueAction makes of it in SDK 5.0.1. */
function prepareQueueAction({ action, version }: MatchedAction, sdk: Sdk): PreparedQueueAction {
  // The SDK's types promise more than a configuration has to say.
  const said = action as unknown as IntegrationConfigModel;
  const event = new sdk.QueueEventConfig(
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
