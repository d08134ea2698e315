import { z } from "zod";
import { defineFormat } from "../../json/format.ts";

/** A line of the Worker's log. Its `source` is its mark: a Worker writes no byte in vain. */
export const WORKER_LOG = defineFormat(
  {
    id: "queueit-cf/worker-log/1",
    minor: 0,
    title: "A line of the Worker's log",
    use: "written",
    elsewhere: "the Worker's log ([what it writes](worker-log.md))",
  },
  () =>
    z
      .object({
        source: z.literal("queue-it connector").describe("What tells these lines from any others."),
        event: z.string().describe("What happened: docs/worker-log.md has a table. There may be more."),
        reason: z.string().describe("Why. There may be more."),
        count: z.int().positive().describe("How often it came up since the line before."),
        detail: z
          .string()
          .exactOptional()
          .describe("More words; never a secret, nor anything that a visitor sent."),
      })
      .describe("Something that needs a person, or is to be counted: one JSON object on a line."),
);
