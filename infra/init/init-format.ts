import { z } from "zod";
import { defineFormat } from "../json/format.ts";

/** A new environment, for programs. */
export const INIT = defineFormat(
  {
    id: "queueit-cf/init/1",
    minor: 0,
    title: "A new environment",
    use: "written",
    commands: ["init"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        isWritten: z.boolean().describe("Whether the files were written."),
        differences: z
          .array(z.string())
          .describe("Lines that differ from the environment that is there already, each after + or -."),
        files: z
          .array(
            z.object({
              path: z.string().describe("From the root of the project."),
              text: z.string().describe("What is in it."),
            }),
          )
          .describe("Files that are written."),
        notes: z.array(z.string()).describe("What was assumed."),
        next: z.array(z.string()).describe("What to do next, line by line."),
        values: z
          .record(z.string(), z.unknown())
          .describe("The environment, with the options that the environment's file has."),
      })
      .describe("What a new environment was made of."),
);
