import { z } from "zod";
import { defineFormat } from "../json/format.ts";
import { FAILURE_MODES } from "../specification/switches.ts";
import { PLACE_FIELDS } from "./switch-format.ts";

const switched = {
  since: z.string().describe("Since when, ISO 8601."),
  by: z.string().describe("Who did it, in their own words."),
  reason: z.string().describe("Why, in their own words."),
  keys: z.array(z.string()).describe("Keys of the notes in KV that say so, the oldest first."),
};

const route = z.object({
  zoneId: z.string().describe("Id of the zone."),
  id: z.string().nullish().describe("Id of the route; null or left out where it had none."),
  pattern: z.string().describe("Its pattern."),
  script: z.string().describe("Name of the Worker that it led to."),
  off: z
    .string()
    .nullish()
    .describe("Name of the Worker that it leads to meanwhile; null or left out for none."),
});

const site = z.object({
  ...switched,
  host: z.string().describe("The host in ASCII, with the * that it may begin with."),
  routes: z.array(route).describe("Its routes as they were before."),
  leading: z.array(z.string()).describe("Patterns of these that lead to their Worker all the same."),
});

const mode = z.enum(FAILURE_MODES);

/** What is switched for now, for programs. */
export const SWITCH_STATUS = defineFormat(
  {
    id: "queueit-cf/switch-status/1",
    minor: 0,
    title: "What is switched for now",
    use: "written",
    commands: ["switch status"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        ...PLACE_FIELDS,
        switched: z.boolean().describe("Whether anything is switched."),
        sites: z.array(site).describe("Hosts whose routes lead to no Worker for now."),
        failure: z
          .object({
            ...switched,
            mode: mode.describe("As the Worker has it."),
            was: mode.describe("As it was before the first switch."),
          })
          .nullable()
          .describe("What visitors get for now where the connector fails; null where that is not switched."),
        failureMode: mode
          .nullable()
          .describe("What the Worker has for its failures; null where that is not known."),
        leading: z.array(z.string()).describe("Patterns of routes that lead to the Worker."),
      })
      .describe("What of a connector is switched for now, and by whom."),
);
