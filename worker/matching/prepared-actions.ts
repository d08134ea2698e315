import type { ActionList } from "../configuration/action-list.ts";
import type { Action } from "../configuration/integration-configuration.ts";
import { compileAction, type Condition } from "./matcher.ts";
import type { UrlSubjects, Visit } from "../visitor/visit.ts";

/** Actions whose triggers are prepared when they are first asked: of thousands of actions, few ever are. */
export class PreparedActions {
  readonly #conditions: (Condition | undefined)[];

  constructor(readonly list: ActionList) {
    this.#conditions = new Array<undefined>(list.length);
  }

  /** Whether one of the action's triggers is true. */
  matches(position: number, visit: Visit): boolean {
    const action = this.list.at(position);
    if (action === undefined) return false;
    const condition = (this.#conditions[position] ??= compileAction(action));
    return condition(visit, urlFor(action, visit));
  }
}

/** The URL as an action sees it. */
export function urlFor(action: Action, visit: Visit): UrlSubjects {
  return normalizes(action) ? visit.normalizedUrl : visit.url;
}

export function normalizes(action: Action): boolean {
  return action.IsNormalizationEnabled === true;
}
