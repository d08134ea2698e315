import { stringify } from "lossless-json";
import { readJson, UnreadableJson } from "../../json/read-json.ts";

/**
 * Characters of a configuration from which on its actions are edited one by one: a browser takes seconds to lay out a
 * text of a hundred thousand lines, and again at every key that is pressed.
 */
const LARGE = 256 * 1024;

export function isLarge(json: string): boolean {
  return json.length > LARGE;
}

/** An action of a configuration, to be found by its words. */
export interface ListedAction {
  /** Where it stands; the first is 0. */
  readonly index: number;
  /** Name, type and waiting room. */
  readonly words: string;
}

interface Exact extends Readonly<Record<string, unknown>> {
  readonly Integrations?: readonly unknown[] | null;
}

interface Read {
  readonly exact: Exact;
  readonly listed: readonly ListedAction[];
}

/** The actions of a configuration, with every number as it was written. The page asks every second: read once. */
export class ActionsOf {
  #last: { readonly json: string; readonly read: Read } | undefined;

  list(json: string): readonly ListedAction[] {
    return this.#read(json).listed;
  }

  /** One action as it is edited; undefined where there is none. */
  text(json: string, index: number): string | undefined {
    const action = this.#read(json).exact.Integrations?.[index];
    return action === undefined ? undefined : (stringify(action, null, 2) ?? "");
  }

  /** The configuration with another text for one action; the reason why there is none. */
  replaced(
    json: string,
    index: number,
    text: string,
  ): { readonly json: string } | { readonly reason: string } {
    const { exact } = this.#read(json);
    const actions = exact.Integrations ?? [];
    if (actions[index] === undefined)
      return { reason: `There is no action ${index + 1} any more: load the page again.` };
    try {
      const changed = readJson(text);
      return { json: stringify({ ...exact, Integrations: actions.with(index, changed) }) ?? "" };
    } catch (error) {
      if (!(error instanceof UnreadableJson)) throw error;
      return { reason: `This is not the JSON of an action: ${error.message}` };
    }
  }

  #read(json: string): Read {
    if (this.#last?.json === json) return this.#last.read;
    const exact = readJson(json) as Exact;
    const listed = (exact.Integrations ?? []).map((action, index) => ({
      index,
      words: wordsOf(action, index),
    }));
    const read = { exact, listed };
    this.#last = { json, read };
    return read;
  }
}

function wordsOf(action: unknown, index: number): string {
  const { Name, ActionType, EventId } = action as Readonly<Record<string, unknown>>;
  const words = [Name, ActionType, EventId].filter((word) => typeof word === "string" && word !== "");
  return `${index + 1}. ${words.join(" · ").slice(0, 200)}`;
}
