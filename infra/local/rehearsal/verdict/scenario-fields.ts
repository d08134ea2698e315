import { z } from "zod";
import { count, milliseconds } from "../../../json/fields.ts";
import { openWord } from "../../../json/format.ts";

const EVENTS = [
  ...["publish", "protect", "deploy", "rotate-secret", "kv", "origin", "queue-it", "restart-isolates"],
  "switch",
];

const event = z.object({
  atMs: milliseconds("When."),
  kind: openWord("What happens.", EVENTS),
  how: z.string().exactOptional().describe("What is wrong with it, where something is."),
  forMs: z.number().exactOptional().describe("How long it lasts; left out for what happens at once."),
  page: z.string().exactOptional().describe("The page that is protected from then on."),
  to: z.string().exactOptional().describe("Whether the waiting room is switched off or on."),
});

/** What was rehearsed, with every default written out. */
export const settledScenario = z
  .object({
    name: z.string().describe("What it is called."),
    seed: z.int().describe("Of everything random: the same seed gives the same rehearsal."),
    visitors: count("How many come."),
    arriveMs: milliseconds("Within what time they all come."),
    arrivals: z.enum(["steady", "burst", "ramp"]).describe("How they come."),
    outflow: z.number().describe("Visitors let in per minute and waiting room."),
    durationMs: milliseconds("How long it goes on at most."),
    kinds: z.record(z.string(), z.number()).describe("Share of each kind of visitor; they add up to 1."),
    events: z.array(event).describe("What happens meanwhile."),
    orderTolerance: count("Places that somebody may be let in earlier or later than their number says."),
    realVisitors: count("Visitors expected at the real sale."),
    clock: z
      .enum(["simulated", "real"])
      .describe("Whether it goes as fast as the machine, or as a real clock."),
  })
  .describe("What was rehearsed, with every default written out.");
