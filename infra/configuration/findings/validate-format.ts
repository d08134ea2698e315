import { z } from "zod";
import { defineFormat } from "../../json/format.ts";

const place = z.object({
  action: z.number().nullable().describe("Place of the action, from 1; null for the configuration itself."),
  name: z.string().nullable().describe("Name of the action; null where it has none."),
  trigger: z.number().nullable().describe("Place of the trigger in the action, from 1; null for none."),
  condition: z.number().nullable().describe("Place of the condition in the trigger, from 1; null for none."),
});

const finding = z.object({
  severity: z
    .enum(["refused", "warning"])
    .describe("refused: the Worker does not take the configuration. warning: it does."),
  code: z.string().describe("What it is: docs/configuration.md has a table. There may be more."),
  place: place.describe("Where it is."),
  what: z.string().describe("What it is and what comes of it, without its full stop."),
  remedy: z.string().describe("What to do, without its full stop."),
});

/** What is wrong in an integration configuration, for programs. */
export const CONFIG_VALIDATE = defineFormat(
  {
    id: "queueit-cf/config-validate/1",
    minor: 0,
    title: "Findings in an integration configuration",
    use: "written",
    commands: ["config validate"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        source: z.string().describe("The file, or standard input."),
        environment: z
          .string()
          .nullable()
          .describe("Name of the environment that it was checked for; null for none."),
        version: z.number().nullable().describe("Its version; null where it is no configuration."),
        refused: z.boolean().describe("Whether the Worker does not take it."),
        findings: z.array(finding).describe("What is wrong, or legal and probably wrong."),
      })
      .describe("What is wrong in an integration configuration, or legal and probably wrong."),
);
