import type { Action } from "./integration-configuration.ts";

/** Actions in order. An array is one. */
export interface ActionList extends Iterable<Action> {
  readonly length: number;
  /** The same object each time; undefined beyond the end, also for infinity. */
  at(position: number): Action | undefined;
}

/** Where each action of a configuration begins in its text, and where it ends. */
export type ActionSpans = readonly (readonly [start: number, end: number])[];

/** The actions of a text, each parsed when it is first asked for: of thousands of actions, few ever are. */
export class ActionsInText implements ActionList {
  readonly #text: string;
  readonly #spans: ActionSpans;
  readonly #parsed: Action[] = [];

  constructor(text: string, spans: ActionSpans) {
    this.#text = text;
    this.#spans = spans;
  }

  get length(): number {
    return this.#spans.length;
  }

  at(position: number): Action | undefined {
    const span = this.#spans[position];
    return span && (this.#parsed[position] ??= JSON.parse(this.#text.slice(...span)) as Action);
  }

  *[Symbol.iterator](): Iterator<Action> {
    for (let position = 0; position < this.length; position++) {
      const action = this.at(position);
      if (action !== undefined) yield action;
    }
  }
}

/**
 * Where the actions of a configuration stand in the text that it was parsed from; undefined where that cannot
 * be said for certain, for example when the text has a property twice.
 */
export function actionSpans(text: string, actions: readonly Action[]): ActionSpans | undefined {
  const spans: [number, number][] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(STRING_OR_BRACKET)) {
    if (token === "{" || token === "[") {
      if (++depth === ACTION_DEPTH) start = index;
    } else if (token === "}" || token === "]") {
      if (depth-- === ACTION_DEPTH) spans.push([start, index + 1]);
    }
  }
  if (spans.length !== actions.length) return undefined;
  // One by one: all of them once more would be too much for an isolate's memory.
  const isSame = (action: Action, position: number): boolean =>
    JSON.stringify(JSON.parse(text.slice(...(spans[position] ?? [])))) === JSON.stringify(action);
  return actions.every(isSame) ? spans : undefined;
}

/** The configuration is an object, whose list of actions holds objects. */
const ACTION_DEPTH = 3;
const STRING_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/g;
