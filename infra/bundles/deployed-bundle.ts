import { z } from "zod";
import { count, sha256 } from "../json/fields.ts";
import { defineFormat } from "../json/format.ts";

const bundle = z.object({
  sha256: sha256("SHA-256 of the bundle."),
  bytes: count("Its size in bytes."),
  deployedAt: z.iso.datetime().describe("When it was deployed: ISO 8601, UTC."),
  digest: sha256("Digest of the plan that brought it."),
});

/** What an environment ran. It has no mark: it is a list, and was one before formats had marks. */
export const BUNDLE_HISTORY = defineFormat(
  {
    id: "queueit-cf/bundle-history/1",
    minor: 0,
    title: "What an environment ran",
    use: "kept",
    elsewhere: "`history/<environment>.json` beside the bundles that are kept for a rollback",
  },
  () => z.array(bundle).describe("The bundles that an environment ran, the newest first."),
);

/** One bundle that an environment ran. */
export type DeployedBundle = Readonly<z.infer<typeof bundle>>;
