import { z } from "zod";
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

const share = z.number().min(0).max(1);
const at = time("When it happens, after the beginning.", 0);
const lasting = time("How long it lasts.", 1000);

const EVENT = z.discriminatedUnion("kind", [
  z
    .strictObject({ at, kind: z.literal("publish") })
    .describe("Queue-it publishes the configuration as a new version."),
  z
    .strictObject({ at, kind: z.literal("protect"), page: z.string().min(1).max(2000) })
    .describe("A configuration is published that protects one more page: a path, or a whole address."),
  z
    .strictObject({ at, kind: z.literal("deploy") })
    .describe("Another bundle is deployed: new isolates, new hash."),
  z
    .strictObject({ at, kind: z.literal("rotate-secret") })
    .describe("The Worker and Queue-it get a new secret key."),
  z
    .strictObject({ at, kind: z.literal("kv"), how: z.enum(["slow", "failing", "stale"]), for: lasting })
    .describe("KV answers late, not at all, or with old values."),
  z
    .strictObject({ at, kind: z.literal("origin"), how: z.enum(["slow", "down"]), for: lasting })
    .describe("The site answers late, or with an error."),
  z
    .strictObject({ at, kind: z.literal("queue-it"), how: z.literal("unreachable"), for: lasting })
    .describe("Neither visitors nor the Worker reach Queue-it."),
  z.strictObject({ at, kind: z.literal("restart-isolates") }).describe("All isolates forget what they know."),
  z
    .strictObject({ at, kind: z.literal("switch"), to: z.enum(["off", "on"]) })
    .describe("The waiting room is switched off, its routes become bypasses; or on again."),
]);

/** A scenario as a file has it, and as options give it. Whatever is left out has a default. */
export const SCENARIO_FILE = z.strictObject({
  $schema: z.string().optional(),
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
      person: share.optional(),
      "slow-phone": share.optional(),
      "native-app": share.optional(),
      "search-bot": share.optional(),
      attacker: share.optional(),
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

/** What a file says, read. */
export type ScenarioFile = z.output<typeof SCENARIO_FILE>;

/** An event of a file as the rehearsal has it. */
export function eventOf({ at: atMs, ...event }: z.output<typeof EVENT>): ScenarioEvent {
  if (!("for" in event)) return { atMs, ...event };
  const { for: forMs, ...rest } = event;
  return { atMs, forMs, ...rest };
}

/** The JSON schema of such a file, for editors. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(SCENARIO_FILE, { io: "input", unrepresentable: "any" });
}
