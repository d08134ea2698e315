import { isDeepStrictEqual } from "node:util";
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
  "coverage",
]);

/** Left out means the same as written out. */
const DEFAULTS = {
  integrationConfiguration: { owner: "publish" },
  secrets: { strategy: "variables" },
  failure: "open",
  observability: { enabled: true },
  worker: { source: "bundled" },
  "queueIt.clientIp": "cf-connecting-ip",
  "queueIt.requestBodyLimit": 2048,
  "queueIt.matching": "as-configured",
  "queueIt.configurationTtlSeconds": 60,
} as const;

/** Settings in which an environment differs from the one it is promoted from, so that staging tested another thing. */
export function settingDifferences(earlier: Environment, later: Environment): readonly SettingDifference[] {
  const [was, is] = [settingsOf(earlier), settingsOf(later)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((setting) => !isDeepStrictEqual(was.get(setting), is.get(setting)))
    .sort()
    .map((setting) => ({
      setting,
      earlier: shown(was.get(setting)),
      later: shown(is.get(setting)),
      isMeant: (later.meantToDiffer as readonly string[] | undefined)?.includes(setting) ?? false,
    }));
}

/** Names of the settings that can differ: those of an environment, and of its `queueIt`. */
function settingsOf({ queueIt, ...rest }: Environment): ReadonlyMap<string, unknown> {
  const entries = [
    ...Object.entries(rest).filter(([name]) => !OWN.has(name)),
    ...Object.entries(queueIt).map(([name, value]: [string, unknown]) => [`queueIt.${name}`, value] as const),
  ];
  return new Map<string, unknown>([
    ...Object.entries(DEFAULTS),
    ...entries.filter(([, value]) => value !== undefined),
  ]);
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : typeof value === "string" ? value : JSON.stringify(value);
}
