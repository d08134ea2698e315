import type { Action } from "../configuration/integration-configuration.ts";
import { actionTables, type ActionTables } from "./action-tables.ts";
import { candidates } from "./literal-index.ts";
import type { PreparedActions } from "./prepared-actions.ts";
import type { Visit } from "../visitor/visit.ts";

/**
 * Finds the first action with a true trigger, in a time that for usual actions does not grow with their
 * number: only actions whose literals are in the URL are asked, and those of which no such literal can be
 * said.
 */
export class ActionIndex {
  readonly #actions: PreparedActions;

  /** @param tables Those of the same actions, where they were made before. */
  constructor(
    actions: PreparedActions,
    readonly tables: ActionTables = actionTables([...actions.list]),
  ) {
    this.#actions = actions;
  }

  /** The action that the SDK would choose, or undefined. */
  first(visit: Visit): Action | undefined {
    const { always, onUrl, onNormalizedUrl } = this.tables;
    const asItIs = this.#firstOf(candidates(onUrl, visit.url.whole.upper), visit, Infinity);
    const normalized =
      onNormalizedUrl.length === 0
        ? Infinity
        : this.#firstOf(candidates(onNormalizedUrl, visit.normalizedUrl.whole.upper), visit, asItIs);
    const position = Math.min(asItIs, normalized);
    return this.#actions.list.at(Math.min(position, this.#firstOf(always, visit, position)));
  }

  /** The first of these positions whose action matches, if it is before `limit`; otherwise infinity. */
  #firstOf(positions: readonly number[], visit: Visit, limit: number): number {
    for (const position of positions) {
      if (position >= limit) break;
      if (this.#actions.matches(position, visit)) return position;
    }
    return Infinity;
  }
}
