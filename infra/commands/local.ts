import { Command } from "commander";
import { withNotes } from "./help.ts";
import { readAccountId } from "./read-account-id.ts";
import { DEFAULT_PORT, readPort } from "./read-port.ts";
import type { LocalCommandOptions } from "./run/local.ts";

/** Where the management API is found unless it is told otherwise. */
const DEFAULT_API_PORT = 8788;

/** `queueit-cf local`: a Cloudflare on this machine to deploy to. */
export function localCommand(): Command {
  const command = new Command("local")
    .summary("Start a local Cloudflare to deploy to")
    .description(
      "Start a Cloudflare on this machine that cdktf, Terraform, wrangler and the official SDK deploy to, " +
        "with a demo shop behind it and a local Queue-it beside it. It needs no account, and nothing " +
        "leaves this machine. Without environments, or with --zone alone, it is an empty account for any " +
        "Workers of yours.",
    )
    .argument(
      "[environments...]",
      "names of files in infra/environments, all in one account (default: all, or none with --zone)",
    )
    .option(
      "--port <number>",
      "port of the sites and the dashboard, on the loopback address; 0 takes any free one",
      readPort,
      DEFAULT_PORT,
    )
    .option(
      "--api-port <number>",
      "port of the management API, on the loopback address; 0 takes any free one",
      readPort,
      DEFAULT_API_PORT,
    )
    .option(
      "--zone <name>",
      "have this zone, too: NAME, or NAME=ID with an id of your own; can be given several times",
      collect,
      [],
    )
    .option(
      "--account <id>",
      "id of the account (default: the environments', the state's, or one that is always the same)",
      readAccountId,
    )
    .option("--state <folder>", "keep the account in this folder between runs (default: in memory only)")
    .option(
      "--token <name>",
      "also make an API token: NAME=PERMISSION,… with Cloudflare's names of permissions, or NAME alone for " +
        "exactly those that the environments need; can be given several times",
      collect,
      [],
    )
    .option("--json", "print JSON, one object per line")
    .action(async (names: readonly string[], options: LocalCommandOptions) => {
      if (options.port === options.apiPort && options.port !== 0) {
        command.error(`--port and --api-port are both ${options.port}: each needs a port of its own.`);
      }
      // Loaded here, because it brings workerd and CDKTF along: other commands and --help start without them.
      const { runLocal } = await import("./run/local.ts");
      await runLocal(names, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf local",
      "npx queueit-cf local --state .queueit-local/account",
      "npx queueit-cf local staging --json",
      "npx queueit-cf local --token ci",
      "npx queueit-cf local --zone shop.example --zone tickets.example --json",
      'npx queueit-cf local --token "reader=Workers Scripts Read,Workers Routes Read"',
    ],
    notes: ["It runs until you press Ctrl-C; its exit code is then 130."],
    exitCodes: { userError: "the input is wrong, or a port is in use" },
  });
}

function collect(given: string, before: readonly string[]): readonly string[] {
  return [...before, given];
}
