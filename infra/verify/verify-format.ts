import { z } from "zod";
import { defineFormat } from "../json/format.ts";

const check = z.object({
  name: z.string().describe("What was tried."),
  outcome: z
    .enum(["passed", "failed", "skipped"])
    .describe("skipped: it could not be tried, so nobody knows; why is in the detail."),
  detail: z.string().describe("What came back, or what is wrong."),
  remedy: z.string().nullable().describe("What to do; null where it passed."),
  host: z.string().exactOptional().describe("Hostname of the site; left out where it is about all of them."),
  page: z.string().exactOptional().describe("Address that was asked; left out where none was."),
});

/** What the deployed sites answered, for programs. */
export const VERIFY = defineFormat(
  {
    id: "queueit-cf/verify/1",
    minor: 0,
    title: "What the deployed sites answered",
    use: "written",
    commands: ["verify"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        passed: z.boolean().describe("Whether everything was tried that has to be, and passed."),
        verdict: z.string().describe("The whole in one sentence."),
        checks: z.array(check).describe("What was tried, in order."),
      })
      .describe("What was tried on the deployed sites of an environment, and what came of it."),
);
