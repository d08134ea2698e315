import type { Action, IntegrationConfiguration } from "./configuration.ts";
import { LiteralIndex, Rarity, type Entry } from "./literal-index.ts";
import { compileAction, type Condition } from "./matcher.ts";
import { indexableLiterals, requiredLiterals, type Literals } from "./required-literals.ts";
import type { UrlSubjects, Visit } from "./visit.ts";

/**
 * Finds the first action with a true trigger, in a time that for usual actions does not grow with their number:
 * only actions whose literals are in the URL are asked, and those of which no such literal can be said.
 */
export class ActionSearch {
  readonly #actions: readonly Action[];
  /** Made when an action is first asked: of thousands of actions, few ever are. */
  readonly #conditions: (Condition | undefined)[];
  readonly #onUrl: LiteralIndex;
  readonly #onNormalizedUrl: LiteralIndex | undefined;
  /** Positions of the actions that are asked on every request, in ascending order. */
  readonly #always: readonly number[];

  constructor({ Integrations }: IntegrationConfiguration) {
    this.#actions = Integrations ?? [];
    this.#conditions = new Array<undefined>(this.#actions.length);
    const rarity = new Rarity(indexableLiterals(this.#actions));
    const cost = (literals: Literals): number =>
      literals.reduce((total, literal) => total + rarity.rarestPiece(literal).count, 0);

    const always: number[] = [];
    const onUrl: Entry[] = [];
    const onNormalizedUrl: Entry[] = [];
    this.#actions.forEach((action, position) => {
      const literals = requiredLiterals(action, cost);
      if (literals === undefined) always.push(position);
      else (normalizes(action) ? onNormalizedUrl : onUrl).push({ position, literals });
    });
    this.#always = always;
    this.#onUrl = new LiteralIndex(onUrl, rarity);
    if (onNormalizedUrl.length > 0) this.#onNormalizedUrl = new LiteralIndex(onNormalizedUrl, rarity);
  }

  /** The action that the SDK would choose, or undefined. */
  first(visit: Visit): Action | undefined {
    const onUrl = this.#firstOf(this.#onUrl.candidates(visit.url.whole.upper), visit, Infinity);
    const onNormalized =
      this.#onNormalizedUrl === undefined
        ? Infinity
        : this.#firstOf(this.#onNormalizedUrl.candidates(visit.normalizedUrl.whole.upper), visit, onUrl);
    const position = Math.min(onUrl, onNormalized);
    return this.#actions[Math.min(position, this.#firstOf(this.#always, visit, position))];
  }

  /** The first of these positions whose action matches, if it is before `limit`; otherwise infinity. */
  #firstOf(positions: readonly number[], visit: Visit, limit: number): number {
    for (const position of positions) {
      if (position >= limit) break;
      if (this.#matches(position, visit)) return position;
    }
    return Infinity;
  }

  #matches(position: number, visit: Visit): boolean {
    const action = this.#actions[position];
    if (action === undefined) return false;
    const condition = (this.#conditions[position] ??= compileAction(action));
    return condition(visit, urlFor(action, visit));
  }
}

function urlFor(action: Action, visit: Visit): UrlSubjects {
  return normalizes(action) ? visit.normalizedUrl : visit.url;
}

function normalizes(action: Action): boolean {
  return action.IsNormalizationEnabled === true;
}
