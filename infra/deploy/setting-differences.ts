import { isDeepStrictEqual } from "node:util";
import { settledSettings } from "../environments/definition/settled.ts";
import type { Environment } from "../environments/environment.ts";

/** A setting that two environments do not share. */
export interface SettingDifference {
  /** Where it is in an environment, for example `queueIt.enqueueToken`. */
  readonly setting: string;
  readonly earlier: string;
  readonly later: string;
  /** Whether the later environment says that it is meant to. */
  readonly isMeant: boolean;
}

/** What is each environment's own. */
const OWN: ReadonlySet<string> = new Set([
  "accountId",
  "workerName",
  "sites",
  "backend",
  "promotedFrom",
  "meantToDiffer",
  "freeze",
  "namespaceTitle",
  "adopted",
  "coverage",
]);

/**
 * Settings in which an environment differs from the one it is promoted from, so that staging tested another
 * thing. A default that one leaves out and the other writes out is none. Each is shown as its environment
 * writes it.
 */
export function settingDifferences(earlier: Environment, later: Environment): readonly SettingDifference[] {
  const [settledEarlier, settledLater] = [settledSettings(earlier), settledSettings(later)];
  const [was, is] = [settingsOf(settledEarlier), settingsOf(settledLater)];
  const [wasWritten, isWritten] = [settingsOf(earlier), settingsOf(later)];
  const meant: ReadonlySet<string> = new Set(settledLater.meantToDiffer);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((setting) => !isDeepStrictEqual(was.get(setting), is.get(setting)))
    .sort()
    .map((setting) => ({
      setting,
      earlier: shown(wasWritten.get(setting) ?? was.get(setting)),
      later: shown(isWritten.get(setting) ?? is.get(setting)),
      isMeant: meant.has(setting),
    }));
}

/** Names of the settings that can differ: those of an environment, and of its `queueIt`. */
function settingsOf({ queueIt, ...rest }: Omit<Environment, "backend">): ReadonlyMap<string, unknown> {
  const entries = [
    ...Object.entries(rest).filter(([name]) => !OWN.has(name)),
    ...Object.entries(queueIt).map(([name, value]: [string, unknown]) => [`queueIt.${name}`, value] as const),
  ];
  return new Map<string, unknown>(entries.filter(([, value]) => value !== undefined));
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : typeof value === "string" ? value : JSON.stringify(value);
}
