import { z } from "zod";
import { defineFormat } from "../json/format.ts";
import { FAILURE_MODES } from "../specification/switches.ts";

/** Which connector it is, as JSON has it. */
export const PLACE_FIELDS = {
  environment: z
    .string()
    .nullable()
    .describe(
      "Name of the environment; null where the connector was named by its account, zones and Worker.",
    ),
  accountId: z.string().describe("Id of the Cloudflare account."),
  worker: z.string().describe("Name of the Worker."),
};

const proved = z
  .array(
    z.object({
      pattern: z.string().describe("Pattern of the route."),
      url: z.string().nullable().describe("Address that was asked; null where none is known."),
      outcome: z
        .enum(["proved", "otherwise", "unknown"])
        .describe("proved: it answers as it has to. otherwise: it does not. unknown: nobody knows."),
      detail: z.string().describe("What came back."),
    }),
  )
  .describe("What real requests said.");

const seconds = z.number().nonnegative().describe("How long it took from the confirmation, in seconds.");
const by = z.string().describe("Who switched it.");
const mode = z.enum(FAILURE_MODES);

const already = z.object({
  host: z.string().describe("The host."),
  since: z.string().describe("Since when, ISO 8601."),
  by,
  reason: z.string().describe("Why it was switched."),
});

const off = {
  action: z.literal("off").describe("What was done."),
  ...PLACE_FIELDS,
  by,
  reason: z.string().describe("Why it was switched off."),
  seconds,
  routes: z
    .array(
      z.object({
        zoneId: z.string().describe("Id of the zone."),
        id: z.string().describe("Id of the route."),
        pattern: z.string().describe("Its pattern."),
      }),
    )
    .describe("Routes that do not lead to the Worker any more."),
  already: z.array(already).describe("What was switched off before."),
  proved,
  domains: z
    .array(z.string())
    .describe("Hosts that lead to the Worker by a custom domain: they are not switched off."),
};

const on = {
  action: z.literal("on").describe("What was done."),
  ...PLACE_FIELDS,
  seconds,
  routes: z
    .array(
      z.object({
        zoneId: z.string().describe("Id of the zone."),
        id: z.string().nullish().describe("Id that the route had; null or left out where it had none."),
        pattern: z.string().describe("Its pattern."),
        script: z.string().describe("Name of the Worker that it leads to."),
        off: z
          .string()
          .nullish()
          .describe("Name of the Worker that it led to meanwhile; null or left out where it led to none."),
        step: z
          .enum(["write", "make", "none", "leave"])
          .describe("What was done: it was changed, made anew, was as it was already, or was left alone."),
        found: z.string().nullable().describe("What was not as it was noted; null where all was."),
      }),
    )
    .describe("Routes that were switched off."),
  stillOff: z
    .array(z.string())
    .describe("Hosts whose note stays, since a route of theirs belongs to another Worker."),
  proved,
};

const failure = {
  action: z.literal("failure").describe("What was done."),
  ...PLACE_FIELDS,
  by,
  mode: mode.describe("What visitors get from now on where the connector fails."),
  was: mode.describe("What they got before."),
  changed: z.boolean().describe("False where it was so already."),
  noted: z.boolean().describe("Whether there is a note of it."),
  proved,
  seconds,
};

/** What was switched, for programs. */
export const SWITCH = defineFormat(
  {
    id: "queueit-cf/switch/1",
    minor: 0,
    title: "What was switched",
    use: "written",
    commands: ["switch off", "switch on", "switch failure"],
  },
  (mark) =>
    z
      .discriminatedUnion("action", [
        z.object({ ...mark, ...off }),
        z.object({ ...mark, ...on }),
        z.object({ ...mark, ...failure }),
      ])
      .describe("What a command of the switch has done."),
);
