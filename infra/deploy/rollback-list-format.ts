import { z } from "zod";
import { count, sha256 } from "../json/fields.ts";
import { defineFormat } from "../json/format.ts";

const bundle = z.object({
  sha256: sha256("SHA-256 of the bundle."),
  bytes: count("Its size in bytes."),
  deployedAt: z.string().describe("When it was deployed last: ISO 8601, UTC."),
  isLast: z.boolean().describe("Whether the last deploy brought it."),
  stored: z
    .enum(["whole", "missing", "changed"])
    .describe("Whether its bytes are there and are those that ran: only to a whole one can be gone back."),
});

/** Bundles that can be gone back to, for programs. */
export const ROLLBACK_LIST = defineFormat(
  {
    id: "queueit-cf/rollback-list/1",
    minor: 0,
    title: "Bundles to go back to",
    use: "written",
    commands: ["rollback"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        bundles: z.array(bundle).describe("Each bundle once, the last deployed first."),
      })
      .describe("What an environment ran, as `rollback --list` tells it."),
);
