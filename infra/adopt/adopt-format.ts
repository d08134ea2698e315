import { z } from "zod";
import { defineFormat } from "../json/format.ts";

/** A connector as an environment, for programs. */
export const ADOPT = defineFormat(
  {
    id: "queueit-cf/adopt/1",
    minor: 0,
    title: "A connector as an environment",
    use: "written",
    commands: ["adopt"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        isWritten: z.boolean().describe("Whether the files were written."),
        files: z
          .array(
            z.object({
              path: z.string().describe("From the root of the project."),
              source: z.string().exactOptional().describe("Its text; of the environment's file only."),
            }),
          )
          .describe("Files that are written, the environment's own as the last."),
        findings: z
          .array(
            z.object({
              level: z
                .enum(["stop", "note"])
                .describe(
                  "stop: nothing is written until it is settled. note: it is written, and this is what it means.",
                ),
              what: z.string().describe("What was found."),
              remedy: z.string().describe("What to do, without its full stop."),
            }),
          )
          .describe("What to know before the first deploy."),
        secretKey: z
          .object({
            outcome: z.enum(["same", "different", "not-tried", "unclear"]).describe("What came of it."),
            why: z.string().describe("A sentence that says why."),
          })
          .describe("Whether the secret key of this shell is the one that runs."),
        values: z
          .record(z.string(), z.unknown())
          .describe("The environment, with the options that the environment's file has."),
      })
      .describe("What a connector that was made by hand is as an environment. It holds no secret."),
);
