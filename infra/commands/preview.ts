import { Command } from "commander";
import { withNotes } from "./help.ts";
import { DEFAULT_PORT, readPort } from "./read-port.ts";
import type { PreviewCommandOptions } from "./run/preview.ts";

/** `queueit-cf preview`: an environment, deployed into a local Cloudflare. */
export function previewCommand(): Command {
  const command = new Command("preview")
    .summary("Try an environment on this machine")
    .description(
      "Deploy an environment's stack into a Cloudflare on this machine, in front of a demo shop, with a " +
        "local Queue-it. It needs no account, and nothing leaves this machine.",
    )
    .argument("[environment]", "name of a file in infra/environments", "staging")
    .option(
      "--port <number>",
      `port on the loopback address; 0 takes any free one (default: ${DEFAULT_PORT}; any free one with --check)`,
      readPort,
    )
    .option("--check", "go through the six steps of the flow, print one line for each, and exit")
    .option("--json", "print JSON, one object per line")
    .action(async (name: string, options: Partial<PreviewCommandOptions>) => {
      // Loaded here, because it brings workerd and CDKTF along: other commands and --help start without them.
      const { runPreview } = await import("./run/preview.ts");
      // A check should not fail because somebody has the usual preview open.
      const { port = options.check ? 0 : DEFAULT_PORT } = options;
      await runPreview(name, { ...options, port });
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf preview",
      "npx queueit-cf preview production --port 9000",
      "npx queueit-cf preview --check --json",
    ],
    exitCodes: { ok: "everything is in order", userError: "a step of --check failed, or the input is wrong" },
  });
}
