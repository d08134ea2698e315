import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../../../errors/user-error.ts";
import { Unreadable, readNamedUpTo } from "../../../files/read-up-to.ts";
import type { Scenario } from "../scenario.ts";
import { eventOf, readTime, SCENARIO_FILE, type ScenarioFile } from "./scenario-file.ts";

/** Scenarios that come along, by name, with what they are about. */
export const SHIPPED = {
  "on-sale-at-noon": "half of all visitors come at once, a deploy and a publish call in the middle of it",
  "product-drop": "as many bots as people, KV fails for a minute, isolates are new",
  "slow-morning": "few visitors, a slow site, KV with old values, one more page is protected",
} as const;

/** Bytes: a scenario is written by hand. */
const LARGEST_FILE = 1024 * 1024;

/** Options of the command that take the place of what a file says: as texts, as they were given. */
export interface ScenarioOptions {
  readonly visitors?: string | undefined;
  readonly arrive?: string | undefined;
  readonly outflow?: string | undefined;
  readonly duration?: string | undefined;
  readonly seed?: string | undefined;
  readonly clock?: string | undefined;
  readonly realVisitors?: string | undefined;
}

/**
 * The scenario of a file, or of those that come along, with what options change of it.
 *
 * @param named Path or name; undefined for the defaults.
 * @throws UserError `rehearsal-scenario` with everything that is wrong, before anything is started.
 */
export async function readScenario(named: string | undefined, options: ScenarioOptions): Promise<Scenario> {
  const written = named === undefined ? {} : await readWritten(named);
  const scenario = settled(checked(merged(written, options), named));
  const problems = problemsOf(scenario);
  if (problems.length > 0) throw wrong(named, problems);
  return scenario;
}

/**
 * Milliseconds of real time that a rehearsal may take.
 *
 * @throws UserError `rehearsal-scenario`
 */
export function readAtMost(text: string): number {
  const ms = readTime(text);
  if (ms !== undefined && ms > 0) return ms;
  throw wrong(undefined, ['at-most: has to be a time such as "90s", "10m" or "1h"']);
}

/** Path of a scenario that comes along. */
export function shippedPath(name: keyof typeof SHIPPED): string {
  return fileURLToPath(new URL(`${name}.json`, import.meta.url));
}

async function readWritten(named: string): Promise<unknown> {
  const path = named in SHIPPED ? shippedPath(named as keyof typeof SHIPPED) : named;
  try {
    // Some editors begin a file with a mark of its encoding (U+FEFF).
    const text = (await readNamedUpTo(path, LARGEST_FILE)).toString("utf8").replace(/^\uFEFF/, "");
    return JSON.parse(text) as unknown;
  } catch (error) {
    const names = Object.keys(SHIPPED).join(", ");
    const looksLikeName = !existsSync(path) && /^[a-z0-9-]+$/i.test(named);
    throw new UserError(
      "rehearsal-scenario",
      looksLikeName
        ? `There is no scenario "${named}". These come along: ${names}. Or give the path of a file of your own.`
        : `The scenario ${JSON.stringify(named)} ${error instanceof Unreadable ? error.message : "is not JSON"}. ` +
            `Give the path of a JSON file, or one of these names: ${names}.`,
    );
  }
}

/** Options are read as a file is, so that both are refused in the same words. */
function merged(written: unknown, options: ScenarioOptions): unknown {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
  const { visitors, seed, realVisitors, ...texts } = options;
  const numbers = Object.entries({ visitors, seed, realVisitors }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, /^-?\d{1,10}$/.test(text) ? Number(text) : text] as const],
  );
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return { ...written, ...Object.fromEntries([...numbers, ...given]) };
}

function checked(value: unknown, named: string | undefined): ScenarioFile {
  const parsed = SCENARIO_FILE.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const where = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    return `${where === "" ? "the whole" : where.replace(/^\./, "")}: ${lowerFirst(message)}`;
  });
  throw wrong(named, problems);
}

/** Every default, applied once. */
function settled(file: ScenarioFile): Scenario {
  const { visitors = 1000, arrive = 60_000, duration = 3_600_000 } = file;
  return {
    name: file.name ?? "a sale",
    seed: file.seed ?? 1,
    visitors,
    arriveMs: arrive,
    arrivals: file.arrivals ?? "steady",
    outflow: file.outflow ?? 600,
    durationMs: duration,
    kinds: (file.kinds ?? USUAL_KINDS) as Scenario["kinds"],
    events: (file.events ?? []).map(eventOf),
    orderTolerance: file.orderTolerance ?? 20,
    realVisitors: file.realVisitors ?? visitors,
    clock: file.clock ?? "simulated",
  };
}

const USUAL_KINDS = {
  person: 0.72,
  "slow-phone": 0.12,
  "native-app": 0.08,
  "search-bot": 0.02,
  attacker: 0.06,
} as const;

/** What needs two properties. */
function problemsOf({ arriveMs, durationMs, events }: Scenario): readonly string[] {
  return [
    ...(arriveMs > durationMs ? ["arrive: is longer than duration, so that not everybody would come"] : []),
    ...events.flatMap(({ atMs }, index) =>
      atMs >= durationMs ? [`events[${index}].at: is after the end (duration)`] : [],
    ),
    ...overlaps(events).map(
      (index) => `events[${index}].at: begins before the one of its kind before it is over`,
    ),
  ];
}

/** Events that begin while one of the same kind goes on: the first to end would end both. */
function overlaps(events: Scenario["events"]): readonly number[] {
  return events.flatMap((event, index) => {
    if (!("forMs" in event)) return [];
    const isDuring = events.some(
      (other, at) =>
        at !== index &&
        "forMs" in other &&
        other.kind === event.kind &&
        (other.atMs < event.atMs || (other.atMs === event.atMs && at < index)) &&
        event.atMs < other.atMs + other.forMs,
    );
    return isDuring ? [index] : [];
  });
}

function wrong(named: string | undefined, problems: readonly string[]): UserError {
  const what = named === undefined ? "The options of the rehearsal" : `The scenario ${JSON.stringify(named)}`;
  return new UserError(
    "rehearsal-scenario",
    `${what} cannot be rehearsed. ${problems.map((problem) => `${problem}.`).join(" ")} Nothing was started. ` +
      "What a scenario may say is in schemas/scenario.v1.schema.json of this package.",
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
