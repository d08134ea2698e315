import type { Action } from "../configuration/integration-configuration.ts";
import { literalIndex, type IndexedAction, type LiteralIndex } from "./literal-index.ts";
import { Rarity, type Piece } from "./piece-rarity.ts";
import { normalizes } from "./prepared-actions.ts";
import { literalChoices, type Choices } from "./required-literals.ts";

/** What has to be known of actions to find those that may match. Plain data: JSON keeps all of it. */
export interface ActionTables {
  /** Positions of the actions that are asked on every request, in ascending order. */
  readonly always: readonly number[];
  /** The others, by their literals in the URL as it is, and in the normalized one. */
  readonly onUrl: LiteralIndex;
  readonly onNormalizedUrl: LiteralIndex;
}

/** Makes the tables, which takes as long as several requests without them. */
export function actionTables(actions: readonly Action[]): ActionTables {
  const choices = actions.map(literalChoices);
  const rarity = new Rarity(choices.length);
  for (const ofAction of choices)
    for (const ofTrigger of ofAction ?? [])
      for (const literals of ofTrigger) for (const literal of literals) rarity.add(literal);

  const always: number[] = [];
  const onUrl: IndexedAction[] = [];
  const onNormalizedUrl: IndexedAction[] = [];
  actions.forEach((action, position) => {
    const pieces = choices[position]?.flatMap((ofTrigger) => rarestChoice(ofTrigger, rarity));
    if (pieces === undefined) always.push(position);
    else (normalizes(action) ? onNormalizedUrl : onUrl).push({ position, pieces });
  });
  return { always, onUrl: literalIndex(onUrl), onNormalizedUrl: literalIndex(onNormalizedUrl) };
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
