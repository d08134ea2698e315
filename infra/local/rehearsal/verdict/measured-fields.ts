import { z } from "zod";
import { count, milliseconds } from "../../../json/fields.ts";

const requests = z.object({
  bypassed: count("Routed past the Worker."),
  unprotected: count("Passed, since no action matched."),
  withSession: count("Passed with a session."),
  toWaitingRoom: count("Sent to the waiting room."),
  tokenTaken: count("Came with a valid token, and got a session."),
  refused: count("Kept out, with a token or cookie that is not valid."),
  failedOpen: count("Passed since something of ours failed."),
  errors: count("Errors of the connector, or no answer."),
  siteErrors: count("Errors of the site itself."),
});

const moment = z.object({
  fromMs: milliseconds("When it begins."),
  arrived: count("Visitors who came for the first time."),
  inLine: count("Visitors in the lines at its end."),
  letIn: count("Visitors whose turn it became."),
  left: count("Visitors who left a line before their turn."),
  browsing: count("Visitors with a session at its end."),
  requests: requests.describe("Requests by what became of them."),
});

const event = z.object({
  what: z.string().describe("What was done, in words."),
  fromMs: milliseconds("When."),
  toMs: z.number().nullable().describe("When it was over; null for what happens at once."),
  outcome: z.string().nullable().describe("What came of it, in words; null where that cannot be told."),
  isUnfinished: z
    .boolean()
    .exactOptional()
    .describe("Whether a new version of the configuration is not everywhere, so that it shows nothing."),
});

/**
 * What the charts of a rehearsal are drawn of.
 *
 * @param waits How long visitors waited, as the verdict has it.
 */
export function measuredFields<Waits extends z.ZodType>(waits: Waits) {
  const kind = z.object({
    kind: z.string().describe("What kind of visitor."),
    visitors: count("How many there were."),
    requests: count("How often they asked."),
    served: count("How many got to a protected page with a turn."),
    kept: count("How many never got there, and were to."),
    left: count("How many left by their own will."),
    waits: waits.nullable().describe("How long those waited who were let in; null when nobody was."),
  });
  return {
    momentMs: milliseconds("Length of one moment of the timeline."),
    timeline: z.array(moment).describe("What happened, moment by moment."),
    events: z.array(event).describe("What was done to it meanwhile, in order."),
    kinds: z.array(kind).describe("What became of each kind of visitor."),
  };
}

/** What else was counted. */
export const borrowedFields = {
  borrowed: count("Visitors who got in with somebody else's token or session."),
  askedElsewhere: z
    .array(
      z.object({
        host: z.string().describe("The host."),
        requests: count("How often it was asked."),
      }),
    )
    .describe("Hosts that the Worker asked and that no rehearsal reaches."),
  cpuMs: milliseconds("CPU time of the Workers' runtime in all of it."),
  peakMemory: count("Largest size in memory of this process and the runtime together, bytes."),
};
