import { z } from "zod";
import { defineFormat } from "../json/format.ts";

const side = {
  source: z.string().describe("Where it is from."),
  version: z.number().describe("Its version."),
};

/** What differs between two integration configurations, for programs. */
export const CONFIG_DIFF = defineFormat(
  {
    id: "queueit-cf/config-diff/1",
    minor: 0,
    title: "What differs between two integration configurations",
    use: "written",
    commands: ["config diff"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        before: z.object(side).describe("The first."),
        after: z.object(side).describe("The second."),
        differs: z.boolean().describe("Whether any action differs."),
        lines: z.array(z.string()).describe("What differs, in words."),
        lostActions: z
          .array(z.string())
          .describe("Names of queueing actions of the first that make nobody queue in the second."),
      })
      .describe("What differs between two integration configurations."),
);
