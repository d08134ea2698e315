import { Command } from "commander";

/** `queueit-cf bundle`: builds the Worker and says what came out. */
export function bundleCommand(): Command {
  return new Command("bundle")
    .summary("Build the Worker")
    .description("Build the Worker: one minified ES module, the same bytes on every machine.")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", "\nExamples:\n  $ npx queueit-cf bundle\n  $ npx queueit-cf bundle --json")
    .action(async ({ json }: { json?: true }) => {
      const { BUNDLE_LIMIT_BYTES, buildBundle } = await import("../bundles/build-bundle.ts");
      const { path, sha256, bytes } = await buildBundle();
      const text = json
        ? JSON.stringify({ path, sha256, bytes })
        : `${path}\n${(bytes / 1024).toFixed(1)} KiB of ${BUNDLE_LIMIT_BYTES / 1024} KiB, sha256 ${sha256}`;
      process.stdout.write(`${text}\n`);
    });
}
