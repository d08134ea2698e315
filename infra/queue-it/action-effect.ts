/** What an action does with a visitor. */
export type ActionEffect = "Queue" | "Cancel" | "Ignore";

/**
 * What the SDK makes of the type of an action. Only `Queue` protects a page: `Cancel` ends the session of a
 * visitor who has one and lets everybody else pass, and whatever is not written exactly like these two is
 * taken for `Ignore`.
 *
 * Source: `@queue-it/connector-javascript` 5.0.1, KnownUser.validateRequestByIntegrationConfig and
 * UserInQueueService.validateCancelRequest.
 */
export function actionEffect(type: string): ActionEffect {
  return type === "Queue" || type === "Cancel" ? type : "Ignore";
}

/** The type of an action as people read it: with what it is taken for, where that is something else. */
export function actionTypeWords(type: string): string {
  const effect = actionEffect(type);
  return type === effect ? type : `${type}, which is treated as ${effect}`;
}
