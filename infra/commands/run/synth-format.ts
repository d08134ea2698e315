import { z } from "zod";
import { defineFormat } from "../../json/format.ts";

const stack = z.object({
  environment: z.string().describe("Name of the environment."),
  folder: z.string().describe("Absolute path of the folder with its Terraform JSON."),
});

/** What was synthesized, for programs. */
export const SYNTH = defineFormat(
  {
    id: "queueit-cf/synth/1",
    minor: 0,
    title: "What was synthesized",
    use: "written",
    commands: ["synth"],
  },
  (mark) =>
    z
      .object({ ...mark, stacks: z.array(stack).describe("One for each environment.") })
      .describe("Where the stacks were written to."),
);
