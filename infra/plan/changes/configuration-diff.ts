import { stringify } from "lossless-json";
import { checkConfiguration } from "../../../worker/configuration/check.ts";
import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { readJson } from "../../json/read-json.ts";
import { actionEffect, actionTypeWords } from "../../queue-it/action-effect.ts";
import { queueingActions } from "../../queue-it/queueing-actions.ts";
import { joined, type Sentence, sentence } from "../sentence.ts";
import { triggerSentence } from "./trigger-words.ts";

/** An integration configuration, as far as a reader compares it. */
export interface ReadConfiguration {
  readonly version: number;
  readonly actions: readonly NamedAction[];
}

interface NamedAction {
  /** Unique in the configuration: a second action of the same name gets a number. */
  readonly name: string;
  readonly action: Action;
}

export interface ConfigurationDiff {
  readonly summary: Sentence;
  readonly lines: readonly Sentence[];
  /** Names of queueing actions that no longer make anybody queue. */
  readonly lostActions: readonly string[];
}

/**
 * Reads the text of a configuration; undefined when it is none that the Worker would take, or is nested so
 * deep that nobody could compare it. The Worker's check sees what the Worker sees, numbers rounded; what is
 * compared is the text.
 */
export function readConfiguration(text: string | undefined): ReadConfiguration | undefined {
  if (text === undefined) return undefined;
  try {
    const check = checkConfiguration(JSON.parse(text));
    if (!check.ok) return undefined;
    // The check above is the proof of this type; a number in it may be a LosslessNumber, which is only ever
    // written.
    const { Integrations: actions } = readJson(text) as IntegrationConfiguration;
    return { version: check.configuration.Version, actions: named(actions ?? []) };
  } catch {
    return undefined;
  }
}

function named(actions: readonly Action[]): readonly NamedAction[] {
  const counts = new Map<string, number>();
  return actions.map((action) => {
    const name = action.Name ?? action.EventId ?? "(unnamed)";
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, action };
  });
}

/** What differs between two configurations, action by action. */
export function diffConfigurations(
  before: ReadConfiguration | undefined,
  after: ReadConfiguration,
): ConfigurationDiff {
  const old = new Map(before?.actions.map(({ name, action }) => [name, action]));
  const wanted = new Map(after.actions.map(({ name, action }) => [name, action]));
  const removed = [...old].filter(([name]) => !wanted.has(name));
  const shared = after.actions.filter(({ name }) => old.has(name)).map(({ name }) => name);
  const oldOrder = [...old.keys()].filter((name) => wanted.has(name));
  const lines = [
    ...removed.map(([name, action]) => sentence`Action ${name} removed: ${purpose(action)}`),
    ...after.actions.flatMap(({ name, action }) => {
      const was = old.get(name);
      return was === undefined ? addedLines(name, action) : changedLines(name, was, action);
    }),
    ...(shared.join("\n") === oldOrder.join("\n")
      ? []
      : [
          sentence`The order of the actions changes, and the first that matches counts: ${shared.join(", ")}`,
        ]),
  ];
  const queueing = new Set(queueingNames(after));
  const lostActions = queueingNames(before).filter((name) => !queueing.has(name));
  return { summary: summary(before, after), lines, lostActions };
}

function summary(before: ReadConfiguration | undefined, after: ReadConfiguration): Sentence {
  const verb = before === undefined ? " written" : "";
  return [`Integration configuration${verb}: ${versionsOf(before, after)}`];
}

/**
 * What becomes of version and number of actions; a version that stays tells nothing of what it now has in it.
 */
export function versionsOf(before: ReadConfiguration | undefined, after: ReadConfiguration): string {
  const version = transition(before?.version, after.version);
  const count = after.actions.length;
  return `version ${version}, ${transition(before?.actions.length, count)} ${count === 1 ? "action" : "actions"}`;
}

function transition(before: number | undefined, after: number): string {
  return before === undefined || before === after ? String(after) : `${before} → ${after}`;
}

/** Names of the actions that send somebody to a waiting room. */
export function queueingNames(configuration: ReadConfiguration | undefined): readonly string[] {
  const actions = configuration?.actions ?? [];
  const queueing = queueingActions(actions.map(({ action }) => action));
  return actions.filter(({ action }) => queueing.has(action)).map(({ name }) => name);
}

function purpose({ ActionType: type, EventId }: Action): string {
  const room = EventId ?? "";
  const words = actionTypeWords(type);
  return room === "" || actionEffect(type) === "Ignore" ? words : `${words} with waiting room ${room}`;
}

function addedLines(name: string, action: Action): readonly Sentence[] {
  const triggers = action.Triggers.map(triggerSentence);
  const when: Sentence = triggers.length === 0 ? ["never: it has no trigger"] : joined(triggers, "; or ");
  return [[...sentence`Action ${name} added: ${purpose(action)}, when `, ...when]];
}

function changedLines(name: string, before: Action, after: Action): readonly Sentence[] {
  const { Triggers: oldTriggers, ...oldRest } = before;
  const { Triggers: newTriggers, ...newRest } = after;
  const [was, is] = [fieldsOf(oldRest), fieldsOf(newRest)];
  const fields = [...new Set([...was.keys(), ...is.keys()])].filter(
    (field) => was.get(field) !== is.get(field),
  );
  const keys = (triggers: Action["Triggers"]) =>
    new Map(triggers.map((trigger) => [stringify(trigger), trigger]));
  const [oldKeys, newKeys] = [keys(oldTriggers), keys(newTriggers)];
  const only = (ours: typeof oldKeys, theirs: typeof oldKeys) =>
    [...ours].filter(([key]) => !theirs.has(key)).map(([, trigger]) => trigger);
  return [
    ...fields.map(
      (field) =>
        sentence`Action ${name}, ${field}: ${was.get(field) ?? "(none)"} → ${is.get(field) ?? "(none)"}`,
    ),
    ...only(oldKeys, newKeys).map((trigger): Sentence => [
      ...sentence`Action ${name} no longer applies when `,
      ...triggerSentence(trigger),
    ]),
    ...only(newKeys, oldKeys).map((trigger): Sentence => [
      ...sentence`Action ${name} now applies when `,
      ...triggerSentence(trigger),
    ]),
  ];
}

/** Every property, those that are not known here too: Queue-it may add some. */
function fieldsOf(fields: object): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(fields)
      .filter(([, value]: [string, unknown]) => value !== null && value !== undefined)
      .map(([name, value]: [string, unknown]) => [
        name,
        typeof value === "string" ? value : (stringify(value) ?? ""),
      ]),
  );
}
