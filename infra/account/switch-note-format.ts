import { z } from "zod";
import { defineFormat } from "../json/format.ts";
import { FAILURE_MODES } from "../specification/switches.ts";

/** An id of Cloudflare's, which becomes a part of an address. */
const id = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);

/** Foreign texts are cut where they are longer than anything that was written from here. */
const text = (longest: number) => z.string().transform((value) => value.slice(0, longest));
const name = z.string().min(1).max(300);

const said = {
  since: text(200).describe("Since when, ISO 8601."),
  by: text(200).describe("Who switched it."),
  reason: text(500).describe("Why it was switched."),
};

const route = z.object({
  zoneId: id.describe("Id of the zone."),
  id: id.optional().describe("Id of the route; left out for one that a deploy made while its site was off."),
  pattern: z.string().max(4096).describe("Its pattern."),
  script: name.describe("Name of the Worker that it led to."),
  off: name.optional().describe("Name of the Worker that it leads to meanwhile; left out for none."),
});

const mode = z.enum(FAILURE_MODES);

/** What was switched, kept in the connector's KV namespace until it is switched back. */
export const SWITCH_NOTE = defineFormat(
  {
    id: "queueit-cf/switch-note/1",
    minor: 0,
    title: "Note of a switch",
    use: "kept",
    elsewhere: "the KV namespace, under keys that begin with `queueit-cf:switch:`",
  },
  (mark) =>
    z
      .discriminatedUnion("kind", [
        z.object({
          ...mark,
          ...said,
          kind: z.literal("off").describe("What was switched: routes."),
          host: z.string().max(300).describe("Host whose routes are off."),
          routes: z.array(route).describe("Its routes as they were before."),
        }),
        z.object({
          ...mark,
          ...said,
          kind: z
            .literal("failure")
            .describe("What was switched: what visitors get where the connector fails."),
          mode: mode.describe("What they get meanwhile."),
          was: mode.describe("What they got before."),
        }),
      ])
      .describe("What somebody switched, so that it can be put back as it was."),
);
