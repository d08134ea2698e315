import { z } from "zod";
import { defineFormat, openWord } from "../../json/format.ts";
import { DRIFT_CAUSES } from "../changes/change.ts";

const entry = {
  cause: openWord("Why it is not as it was deployed.", DRIFT_CAUSES),
  address: z
    .string()
    .describe(
      "Terraform's address of the object; of what Terraform does not have, what it is and its id or name.",
    ),
  text: z.string().describe("What was changed, in words."),
  details: z.array(z.string()).describe("More of the same, one line each."),
};

/** What is not as it was deployed, for programs. */
export const DRIFT = defineFormat(
  {
    id: "queueit-cf/drift/1",
    minor: 0,
    title: "Drift of an environment",
    use: "written",
    commands: ["drift"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        drifted: z.boolean().describe("Whether anything was found that is not expected."),
        found: z
          .array(
            z.object({ ...entry, remedy: z.string().describe("What undoes it, without its full stop.") }),
          )
          .describe("What somebody changed, deleted or took away outside of Terraform."),
        expected: z.array(z.object(entry)).describe("What Queue-it published since: its own to change."),
        takenForPublished: z
          .string()
          .exactOptional()
          .describe("How it is told that Queue-it published; left out where it did not."),
        notCompared: z.string().describe("What nobody looked at."),
      })
      .describe("What is not as it was deployed."),
);
