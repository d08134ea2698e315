import { z } from "zod";
import { defineFormat } from "../json/format.ts";

/** Why a command did not do its work, for programs. */
export const ERROR = defineFormat(
  {
    id: "queueit-cf/error/1",
    minor: 0,
    title: "Why a command failed",
    use: "written",
    elsewhere: "every command with `--json` that fails or is interrupted, on a line of its own",
  },
  (mark) =>
    z
      .object({
        ...mark,
        error: z
          .object({
            code: z.string().describe("What it is: docs/errors.md has each. There may be more."),
            message: z.string().describe("What is wrong, where, and what to do next."),
          })
          .describe("What went wrong."),
      })
      .describe("Why a command did not do its work. The exit code is not 0."),
);
