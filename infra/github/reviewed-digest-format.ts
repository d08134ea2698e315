import { z } from "zod";
import { sha256 } from "../json/fields.ts";
import { defineFormat } from "../json/format.ts";

/** What was reviewed, for the workflow that deploys it. */
export const REVIEWED_DIGEST = defineFormat(
  {
    id: "queueit-cf/reviewed-digest/1",
    minor: 0,
    title: "The plan that was reviewed",
    use: "written",
    commands: ["github reviewed-digest"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        digest: sha256("Digest of the plan that was reviewed in the pull request of the commit."),
      })
      .describe("What may be deployed of a merged commit."),
);
