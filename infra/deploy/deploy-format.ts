import { z } from "zod";
import { sha256 } from "../json/fields.ts";
import { defineFormat } from "../json/format.ts";

/** What a deployment has done, for programs. */
export const DEPLOY = defineFormat(
  {
    id: "queueit-cf/deploy/1",
    minor: 0,
    title: "A deployment that is done",
    use: "written",
    commands: ["deploy", "promote", "rollback"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        digest: sha256("Digest of the plan that was applied."),
        changed: z.boolean().describe("Whether there was anything to apply."),
        bundle: sha256("SHA-256 of the bundle that runs now."),
        publishUrl: z
          .string()
          .nullable()
          .describe("Address that Queue-it publishes to; null where it does not publish."),
      })
      .describe("What was deployed."),
);
