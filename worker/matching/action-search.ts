import { ActionIndex } from "./action-index.ts";
import type { Action, IntegrationConfiguration } from "../configuration/integration-configuration.ts";
import { PreparedActions } from "./prepared-actions.ts";
import { mayMatch } from "./required-literals.ts";
import type { Visit } from "../visitor/visit.ts";

/** Making the index takes as long as this many requests take without it. */
const SCANS_BEFORE_INDEX = 16;

/**
 * Finds the first action with a true trigger. A cold isolate goes through all actions; when that has cost as
 * much as an index, it makes one, and from then on the time does not grow with the number of usual actions.
 */
export class ActionSearch {
  readonly #actions: PreparedActions;
  #scans = 0;
  #index: ActionIndex | undefined;

  constructor({ Integrations }: IntegrationConfiguration) {
    this.#actions = new PreparedActions(Integrations ?? []);
  }

  /** The action that the SDK would choose, or undefined. */
  first(visit: Visit): Action | undefined {
    if (this.#scans++ < SCANS_BEFORE_INDEX) return scan(this.#actions, visit);
    this.#index ??= new ActionIndex(this.#actions);
    return this.#index.first(visit);
  }
}

/** Tries action after action. */
export function scan(actions: PreparedActions, visit: Visit): Action | undefined {
  return actions.list.find(
    (action, position) =>
      mayMatch(action, actions.urlFor(action, visit).whole.upper) && actions.matches(position, visit),
  );
}
