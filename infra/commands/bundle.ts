import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { BundleCommandOptions } from "./run/bundle.ts";

/** `queueit-cf bundle`: builds the Worker and says what came out. */
export function bundleCommand(): Command {
  const command = new Command("bundle")
    .summary("Build the Worker")
    .description(
      "Build the Worker: one minified ES module, the same bytes on every machine. Where the package is installed, it is " +
        "built already: this says where it is, and that its bytes are those that were published.",
    )
    .option("--json", "print one JSON object instead of text")
    .action(async (options: BundleCommandOptions) => {
      const { runBundle } = await import("./run/bundle.ts");
      await runBundle(options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf bundle", "npx queueit-cf bundle --json"],
    exitCodes: { ok: "it is built", userError: "it cannot be built or written" },
  });
}
