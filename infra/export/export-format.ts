import { z } from "zod";
import { defineFormat } from "../json/format.ts";

/** What was exported, for programs. */
export const EXPORT = defineFormat(
  {
    id: "queueit-cf/export/1",
    minor: 0,
    title: "What was exported",
    use: "written",
    commands: ["export terraform"],
  },
  (mark) =>
    z
      .object({ ...mark, folders: z.array(z.string()).describe("One for each environment.") })
      .describe("Where environments were exported to."),
);
