import type { Action } from "../configuration/integration-configuration.ts";
import { LiteralIndex, type Entry } from "./literal-index.ts";
import { Rarity, type Piece } from "./piece-rarity.ts";
import { normalizes, type PreparedActions } from "./prepared-actions.ts";
import { literalChoices, type Choices } from "./required-literals.ts";
import type { Visit } from "../visitor/visit.ts";

/**
 * Finds the first action with a true trigger, in a time that for usual actions does not grow with their
 * number: only actions whose literals are in the URL are asked, and those of which no such literal can be
 * said.
 */
export class ActionIndex {
  readonly #actions: PreparedActions;
  readonly #onUrl: LiteralIndex;
  readonly #onNormalizedUrl: LiteralIndex | undefined;
  /** Positions of the actions that are asked on every request, in ascending order. */
  readonly #always: readonly number[];

  constructor(actions: PreparedActions) {
    this.#actions = actions;
    const choices = actions.list.map(literalChoices);
    const rarity = new Rarity(choices.length);
    for (const ofAction of choices)
      for (const ofTrigger of ofAction ?? [])
        for (const literals of ofTrigger) for (const literal of literals) rarity.add(literal);

    const always: number[] = [];
    const onUrl: Entry[] = [];
    const onNormalizedUrl: Entry[] = [];
    actions.list.forEach((action, position) => {
      const pieces = choices[position]?.flatMap((ofTrigger) => rarestChoice(ofTrigger, rarity));
      if (pieces === undefined) always.push(position);
      else (normalizes(action) ? onNormalizedUrl : onUrl).push({ position, pieces });
    });
    this.#always = always;
    this.#onUrl = new LiteralIndex(onUrl);
    if (onNormalizedUrl.length > 0) this.#onNormalizedUrl = new LiteralIndex(onNormalizedUrl);
  }

  /** The action that the SDK would choose, or undefined. */
  first(visit: Visit): Action | undefined {
    const onUrl = this.#firstOf(this.#onUrl.candidates(visit.url.whole.upper), visit, Infinity);
    const onNormalized =
      this.#onNormalizedUrl === undefined
        ? Infinity
        : this.#firstOf(this.#onNormalizedUrl.candidates(visit.normalizedUrl.whole.upper), visit, onUrl);
    const position = Math.min(onUrl, onNormalized);
    return this.#actions.list[Math.min(position, this.#firstOf(this.#always, visit, position))];
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

/** Of a trigger's choices the one that promises to be found least often, as the pieces to look for. */
function rarestChoice(choices: Choices, rarity: Rarity): readonly Piece[] {
  let rarest: readonly Piece[] = [];
  let lowest = Infinity;
  for (const literals of choices) {
    const pieces = literals.map((literal) => rarity.rarestPiece(literal));
    const count = pieces.reduce((total, piece) => total + piece.count, 0);
    if (count >= lowest) continue;
    rarest = pieces;
    lowest = count;
  }
  return rarest;
}
