import { ActionIndex } from "./action-index.ts";
import type { ActionTables } from "./action-tables.ts";
import type { ActionList } from "../configuration/action-list.ts";
import type { Action } from "../configuration/integration-configuration.ts";
import { PreparedActions, urlFor } from "./prepared-actions.ts";
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

  /** @param tables Those of the same actions, where they were made before: then it has an index at once. */
  constructor({ Integrations }: { readonly Integrations?: ActionList | null }, tables?: ActionTables) {
    this.#actions = new PreparedActions(Integrations ?? []);
    if (tables !== undefined) this.#index = new ActionIndex(this.#actions, tables);
  }

  /** The action that the SDK would choose, or undefined. */
  first(visit: Visit): Action | undefined {
    if (this.#index === undefined && this.#scans++ < SCANS_BEFORE_INDEX) return scan(this.#actions, visit);
    return this.index.first(visit);
  }

  /** Made when it is first asked for. */
  get index(): ActionIndex {
    return (this.#index ??= new ActionIndex(this.#actions));
  }
}

/** Tries action after action. */
export function scan(actions: PreparedActions, visit: Visit): Action | undefined {
  let position = 0;
  for (const action of actions.list) {
    if (mayMatch(action, urlFor(action, visit).whole.upper) && actions.matches(position, visit))
      return action;
    position++;
  }
  return undefined;
}
