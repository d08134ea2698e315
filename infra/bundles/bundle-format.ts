import { z } from "zod";
import { count, sha256 } from "../json/fields.ts";
import { defineFormat } from "../json/format.ts";

/** The Worker as it was built, for programs. */
export const BUNDLE = defineFormat(
  { id: "queueit-cf/bundle/1", minor: 0, title: "A built Worker", use: "written", commands: ["bundle"] },
  (mark) =>
    z
      .object({
        ...mark,
        path: z.string().describe("Absolute path of the bundle."),
        sha256: sha256("SHA-256 of the bundle."),
        bytes: count("Its size in bytes."),
      })
      .describe("The bundle that was built of the Worker."),
);
