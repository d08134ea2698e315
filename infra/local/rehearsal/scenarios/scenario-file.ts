import { z } from "zod";
import { defineFormat } from "../../../json/format.ts";
import type { ScenarioEvent } from "../scenario.ts";

/** More than that is no rehearsal of one machine any more. */
const MOST_VISITORS = 200_000;

const DAY_MS = 24 * 3_600_000;
const UNITS = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of a time as people write it: `60s`, `1.5h`, `10m`. Undefined where it is none. */
export function readTime(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?) ?(ms|s|min|m|h)$/.exec(text.trim()) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return Math.round(Number(number) * UNITS[unit as keyof typeof UNITS]);
}

/** Visitors per minute as people write it: `600/min`, `10/s`, `600`. Undefined where it is none. */
export function readRate(text: string): number | undefined {
  const [, number, unit = "min"] = /^(\d{1,7})(?: ?\/ ?(s|min|m|h))?$/.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return (Number(number) * 60_000) / UNITS[unit as keyof typeof UNITS];
}

const time = (what: string, fromMs: number, toMs = DAY_MS) =>
  z
    .string()
    .refine(
      (text) => {
        const ms = readTime(text);
        return ms !== undefined && ms >= fromMs && ms <= toMs;
      },
      `has to be a time such as "90s", "10m" or "1h", from ${fromMs / 1000} s to ${toMs / 3_600_000} h`,
    )
    .transform((text) => readTime(text) ?? 0)
    .describe(what);

const whole = (from: number, to: number) => {
  const message = `has to be a whole number from ${from} to ${to}`;
  return z.int(message).min(from, message).max(to, message);
};

const share = (whose: string) =>
  z.number().min(0).max(1).optional().describe(`Share of ${whose}, from 0 to 1.`);
const kind = <const Kind extends string>(name: Kind) => z.literal(name).describe("What happens.");
const WRONG = "What is wrong with it.";
const at = time("When it happens, after the beginning.", 0);
const lasting = time("How long it lasts.", 1000);

const EVENT = z.discriminatedUnion("kind", [
  z
    .strictObject({ at, kind: kind("publish") })
    .describe("Queue-it publishes the configuration as a new version."),
  z
    .strictObject({ at, kind: kind("protect"), page: z.string().min(1).max(2000).describe("The page.") })
    .describe("A configuration is published that protects one more page: a path, or a whole address."),
  z
    .strictObject({ at, kind: kind("deploy") })
    .describe("Another bundle is deployed: new isolates, new hash."),
  z
    .strictObject({ at, kind: kind("rotate-secret") })
    .describe("The Worker and Queue-it get a new secret key."),
  z
    .strictObject({
      at,
      kind: kind("kv"),
      how: z.enum(["slow", "failing", "stale"]).describe(WRONG),
      for: lasting,
    })
    .describe("KV answers late, not at all, or with old values."),
  z
    .strictObject({ at, kind: kind("origin"), how: z.enum(["slow", "down"]).describe(WRONG), for: lasting })
    .describe("The site answers late, or with an error."),
  z
    .strictObject({ at, kind: kind("queue-it"), how: z.literal("unreachable").describe(WRONG), for: lasting })
    .describe("Neither visitors nor the Worker reach Queue-it."),
  z.strictObject({ at, kind: kind("restart-isolates") }).describe("All isolates forget what they know."),
  z
    .strictObject({ at, kind: kind("switch"), to: z.enum(["off", "on"]).describe("Which of the two.") })
    .describe("The waiting room is switched off, its routes become bypasses; or on again."),
]);

/** A scenario as a file has it, and as options give it. Whatever is left out has a default. */
export const SCENARIO_FILE = z.strictObject({
  $schema: z.string().optional().describe("Where this schema is, for editors."),
  name: z.string().min(1).max(100).optional().describe("What it is called."),
  seed: whole(-(2 ** 31), 2 ** 31 - 1)
    .optional()
    .describe("Of everything random: the same seed gives the same rehearsal. Default 1."),
  visitors: whole(1, MOST_VISITORS).optional().describe("How many come. Default 1000."),
  arrive: time("Within what time they all come. Default 60s.", 0).optional(),
  arrivals: z
    .enum(["steady", "burst", "ramp"])
    .optional()
    .describe(
      "steady: one after the other. burst: half of them at once. ramp: more and more. Default steady.",
    ),
  outflow: z
    .string()
    .refine((text) => {
      const rate = readRate(text);
      return rate !== undefined && rate >= 1 && rate <= 1_000_000;
    }, 'has to be visitors per time, such as "600/min" or "10/s"')
    .transform((text) => readRate(text) ?? 0)
    .optional()
    .describe("Visitors let in per minute and waiting room. Default 600/min."),
  duration: time("How long it goes on at most, by its own clock. Default 1h.", 1000).optional(),
  kinds: z
    .strictObject({
      person: share("people with a browser"),
      "slow-phone": share("people with a slow phone"),
      "native-app": share("native apps"),
      "search-bot": share("search engines"),
      attacker: share("who tries to get past the line"),
    })
    .refine(
      (shares) =>
        Math.abs(Object.values(shares).reduce<number>((sum, each) => sum + (each ?? 0), 0) - 1) < 1e-6,
      "have to add up to 1",
    )
    .optional()
    .describe("Share of each kind of visitor."),
  events: z.array(EVENT).max(200).optional().describe("What happens meanwhile. Default nothing."),
  orderTolerance: whole(0, MOST_VISITORS)
    .optional()
    .describe("Places that somebody may be let in later than their first number says. Default 20."),
  realVisitors: whole(1, 1e9)
    .optional()
    .describe(
      "Visitors expected at the real sale, for what it would cost. Default as many as are rehearsed.",
    ),
  clock: z
    .enum(["simulated", "real"])
    .optional()
    .describe("simulated: as fast as this machine is. real: an hour takes an hour. Default simulated."),
});

/** A scenario, for editors. It has no mark: an editor finds its schema by `$schema`. */
export const SCENARIO = defineFormat(
  {
    id: "queueit-cf/scenario/1",
    minor: 0,
    title: "Scenario of a rehearsal",
    use: "read",
    elsewhere: "the file that `rehearse --scenario` reads",
  },
  () => SCENARIO_FILE.describe("A sale to rehearse. Whatever is left out has a default."),
);

/** What a file says, read. */
export type ScenarioFile = z.output<typeof SCENARIO_FILE>;

/** An event of a file as the rehearsal has it. */
export function eventOf({ at: atMs, ...event }: z.output<typeof EVENT>): ScenarioEvent {
  if (!("for" in event)) return { atMs, ...event };
  const { for: forMs, ...rest } = event;
  return { atMs, forMs, ...rest };
}
