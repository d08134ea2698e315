import { z } from "zod";
import { HOOK_NAMES } from "../../worker/hooks/hook-names.ts";
import { defineFormat } from "../json/format.ts";

/** How a Worker file has to be uploaded; kept beside its bytes. It has no mark: bundles that were kept before have none. */
export const BUNDLE_FORM = defineFormat(
  {
    id: "queueit-cf/bundle-form/1",
    minor: 0,
    title: "How a kept bundle is uploaded",
    use: "kept",
    elsewhere: "`<sha256>.json` beside each bundle that is kept for a rollback",
  },
  () =>
    z
      .object({
        // It becomes the name of a file on this machine: it must not lead out of its folder.
        name: z
          .string()
          .regex(/^(?!\.{1,2}$)[^/\\\0]{1,255}$/)
          .describe("Name of its file."),
        format: z.enum(["es-module", "service-worker"]).describe("Form of the Worker."),
        hooks: z
          .object({
            path: z.string().describe("Their file, from the root of the project."),
            sha256: z.string().describe("SHA-256 of that file."),
            names: z.array(z.enum(HOOK_NAMES)).describe("Which there are."),
          })
          .optional()
          .describe("The site's own hooks in it; left out where it has none."),
      })
      .describe("How a Worker file that is kept for a rollback has to be uploaded."),
);
