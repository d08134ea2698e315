import { z } from "zod";

const action = z.object({
  type: z.string().describe("Queue, Cancel, Ignore, or another word of the integration configuration."),
  name: z.string().describe("Its name."),
  waitingRoom: z.string().nullable().describe("Id of the waiting room; null where it has none."),
  queueDomain: z.string().describe("Host of the waiting room."),
});

/** What happens to a request for one URL, as JSON has it. */
export const EXPLANATION_FIELDS = {
  outcome: z
    .enum(["protected", "bypassed", "no-route", "uncertain"])
    .describe("What its route does with it. uncertain: a route that is not known yet could win."),
  pattern: z.string().nullable().describe("Pattern of the route that wins; null where none matches."),
  outranked: z
    .array(z.string())
    .describe("Patterns that match too and are less specific, the most specific first."),
  worker: z
    .string()
    .nullable()
    .optional()
    .describe("The other Worker that answers on a bypass; null or left out where the origin does."),
  paid: z.boolean().describe("Whether a Worker runs, which Cloudflare counts and bills."),
  action: z
    .union([z.literal("none"), action])
    .nullable()
    .describe("The action of the integration configuration that applies; null where that is not known."),
  text: z.string().describe("The same in one sentence."),
};

export const explanation = z.object(EXPLANATION_FIELDS);
