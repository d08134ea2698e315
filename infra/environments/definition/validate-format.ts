import { z } from "zod";
import { defineFormat } from "../../json/format.ts";

const problem = z.object({
  severity: z.enum(["error", "warning"]).describe("An error stops every command; a warning stops none."),
  code: z.string().describe("What it is: docs/errors.md has each. There may be more."),
  environment: z
    .string()
    .exactOptional()
    .describe("Name of the environment; left out where a file with a configuration is checked."),
  path: z
    .string()
    .exactOptional()
    .describe(
      "Where in the environment, for example `sites[0].bypass[1]`; empty for the environment itself.",
    ),
  value: z
    .string()
    .nullish()
    .describe("The value there, shortened and never a secret; null where it says nothing."),
  what: z.string().describe("What is wrong."),
  remedy: z.string().describe("What to do about it."),
});

/** What is wrong in the environments, for programs. */
export const VALIDATE = defineFormat(
  {
    id: "queueit-cf/validate/1",
    minor: 0,
    title: "Problems in environments",
    use: "written",
    commands: ["validate"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        problems: z.array(problem).describe("Everything that is wrong or suspicious, at once."),
        error: z
          .object({
            code: z.string().describe("Code of the error: docs/errors.md has each."),
            message: z.string().describe("The same list in words."),
          })
          .exactOptional()
          .describe("Left out where none of the problems is an error."),
      })
      .describe("What is wrong in the environments, or in a file with an integration configuration."),
);
