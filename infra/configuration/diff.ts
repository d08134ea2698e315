import { stringify } from "lossless-json";
import {
  diffConfigurations,
  type ReadConfiguration,
  readConfiguration,
} from "../plan/changes/configuration-diff.ts";
import { type Sentence, sentence } from "../plan/sentence.ts";
import type { FoundConfiguration } from "./sources/found-configuration.ts";

/** What differs between two configurations, in the words of the plan report. */
export interface FoundDiff {
  readonly summary: Sentence;
  /** Empty where both do the same. */
  readonly lines: readonly Sentence[];
  /** Names of queueing actions of the first that make nobody queue in the second. */
  readonly lostActions: readonly string[];
}

type NamedAction = ReadConfiguration["actions"][number];

/** Compares two configurations. Versions are in the summary, and are no difference. */
export function diffOf(
  before: Pick<FoundConfiguration, "json">,
  after: Pick<FoundConfiguration, "json">,
): FoundDiff {
  const [was, is] = [read(before), read(after)];
  const renamed = renamings(was, is);
  const { summary, lines, lostActions } = diffConfigurations(withNames(was, renamed), is);
  return {
    summary,
    lines: [...[...renamed].map(([from, to]) => sentence`Action ${from} is now called ${to.name}`), ...lines],
    lostActions,
  };
}

/** Both were accepted by the Worker's own check, which is the same. */
function read({ json }: Pick<FoundConfiguration, "json">): ReadConfiguration {
  return readConfiguration(json) ?? { version: 0, actions: [] };
}

/**
 * Actions that are there under another name: everything else of them is the same, or their triggers and rooms, or they
 * are the only ones of their type that come and go with their waiting room.
 */
function renamings(was: ReadConfiguration, is: ReadConfiguration): ReadonlyMap<string, NamedAction> {
  const names = new Set(is.actions.map(({ name }) => name));
  const oldNames = new Set(was.actions.map(({ name }) => name));
  const added = is.actions.filter(({ name }) => !oldNames.has(name));
  const found = new Map<string, NamedAction>();
  for (const likeness of [everythingButName, triggersAndRoom]) {
    for (const { name, action } of was.actions) {
      if (names.has(name) || found.has(name)) continue;
      const taken = new Set(found.values());
      const same = added.find((other) => !taken.has(other) && likeness(other.action) === likeness(action));
      if (same !== undefined) found.set(name, same);
    }
  }
  const gone = was.actions.filter(({ name }) => !names.has(name) && !found.has(name));
  const come = added.filter((other) => ![...found.values()].includes(other));
  for (const { name, action } of gone) {
    const [others, same] = [gone, come].map((list) =>
      list.filter((other) => roomOf(other.action) === roomOf(action)),
    );
    const [only, ...more] = same ?? [];
    if (only !== undefined && more.length === 0 && others?.length === 1) found.set(name, only);
  }
  return found;
}

function roomOf({ ActionType, EventId }: NamedAction["action"]): string {
  return stringify([ActionType, EventId ?? ""]) ?? "";
}

function everythingButName(action: NamedAction["action"]): string {
  return stringify({ ...action, Name: null }) ?? "";
}

function triggersAndRoom({ ActionType, EventId, Triggers }: NamedAction["action"]): string {
  return stringify([ActionType, EventId ?? "", Triggers]) ?? "";
}

function withNames(
  { version, actions }: ReadConfiguration,
  renamed: ReadonlyMap<string, NamedAction>,
): ReadConfiguration {
  return {
    version,
    actions: actions.map((one) => {
      const to = renamed.get(one.name);
      return to === undefined
        ? one
        : { name: to.name, action: { ...one.action, Name: to.action.Name ?? null } };
    }),
  };
}
