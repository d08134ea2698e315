import { z } from "zod";
import { defineFormat } from "../json/format.ts";

const finding = z.object({
  environment: z
    .string()
    .nullable()
    .describe("Name of the environment; null for what is about this machine, or the token."),
  check: z.string().describe("What was looked at. There may be more."),
  state: z
    .enum(["ok", "warning", "problem", "not-tried"])
    .describe("not-tried: nobody knows; why is in `what`."),
  what: z.string().describe("What was found, and what it means."),
  fix: z.string().nullable().describe("What to do; null where nothing is."),
});

/** Whether everything is there that a deploy needs, for programs. */
export const DOCTOR = defineFormat(
  {
    id: "queueit-cf/doctor/1",
    minor: 0,
    title: "What a deploy needs",
    use: "written",
    commands: ["doctor"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        clean: z.boolean().describe("Whether nothing was found to fix."),
        verdict: z.string().describe("The whole in one sentence."),
        findings: z.array(finding).describe("What was looked at, in order."),
      })
      .describe("Whether everything is there that a deploy needs."),
);
