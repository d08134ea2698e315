import { Command } from "commander";
import { withNotes } from "./help.ts";

/** `queueit-cf bundle`: builds the Worker and says what came out. */
export function bundleCommand(): Command {
  return withNotes(
    new Command("bundle")
      .summary("Build the Worker")
      .description("Build the Worker: one minified ES module, the same bytes on every machine.")
      .option("--json", "print one JSON object instead of text")
      .action(async ({ json }: { json?: true }) => {
        const { BUNDLE_LIMIT_BYTES, buildBundle } = await import("../bundles/build-bundle.ts");
        const { path, sha256, bytes } = await buildBundle();
        const text = json
          ? JSON.stringify({ path, sha256, bytes })
          : `${path}\n${(bytes / 1024).toFixed(1)} KiB of ${BUNDLE_LIMIT_BYTES / 1024} KiB, sha256 ${sha256}`;
        process.stdout.write(`${text}\n`);
      }),
    {
      examples: ["npx queueit-cf bundle", "npx queueit-cf bundle --json"],
      exitCodes: { ok: "it is built", userError: "it cannot be built, or cannot be written" },
    },
  );
}
