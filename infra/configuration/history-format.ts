import { z } from "zod";
import { defineFormat } from "../json/format.ts";

const version = z.object({
  commit: z.string().describe("The commit."),
  date: z.string().describe("When it was committed, as git writes it: ISO 8601."),
  author: z.string().describe("Who wrote it."),
  subject: z.string().describe("First line of its message."),
  version: z
    .number()
    .nullable()
    .describe("Version of the configuration; null where the Worker would not take it."),
  actions: z
    .int()
    .nonnegative()
    .nullable()
    .describe("How many actions it has; null where the Worker would not take it."),
  live: z.boolean().describe("Whether it is what is live."),
});

/** Versions of a file with an integration configuration, for programs. */
export const CONFIG_HISTORY = defineFormat(
  {
    id: "queueit-cf/config-history/1",
    minor: 0,
    title: "Versions of an integration configuration",
    use: "written",
    commands: ["config history"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        path: z.string().describe("The file, from the root of the project."),
        liveKnown: z.boolean().describe("Whether it is known what is live."),
        versions: z.array(version).describe("The newest first."),
      })
      .describe("What git knows of an environment's integration configuration, and which version is live."),
);
