import { Command } from "commander";
import type { BundleCommandOptions } from "./run/bundle.ts";

/** `queueit-cf bundle`: builds the Worker and says what came out. */
export function bundleCommand(): Command {
  return new Command("bundle")
    .summary("Build the Worker")
    .description("Build the Worker: one minified ES module, the same bytes on every machine.")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", "\nExamples:\n  $ npx queueit-cf bundle\n  $ npx queueit-cf bundle --json")
    .action(async (options: BundleCommandOptions) => {
      const { runBundle } = await import("./run/bundle.ts");
      await runBundle(options);
    });
}
