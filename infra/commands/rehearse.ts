import { Command, Option } from "commander";
import { withNotes } from "./help.ts";
import type { RehearseCommandOptions } from "./run/rehearse.ts";
import { ownPath } from "../text/own-path.ts";

/** `queueit-cf rehearse`: a sale before the sale, on this machine. */
export function rehearseCommand(): Command {
  const command = new Command("rehearse")
    .summary("Rehearse a sale on this machine")
    .description(
      "Send thousands of simulated visitors through an environment's own Worker, configuration and routes, on " +
        "a Cloudflare and a Queue-it on this machine, with what may happen meanwhile: a deploy, KV that fails, " +
        "bots. An hour of the sale passes in a minute. It says whether everybody waited for their turn, kept " +
        "their place and got an answer. No other address is ever asked.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option(
      "--scenario <name>",
      "a scenario that comes along, or the path of a file; the options below change it",
    )
    .option("--visitors <number>", "how many come, at most 200000 (default: 1000)")
    .option("--arrive <time>", "within what time they come, such as 60s or 5m (default: 60s)")
    .option("--outflow <rate>", "how many are let in, such as 600/min (default: 600/min)")
    .option("--duration <time>", "how long it goes on at most, by its own clock (default: 1h)")
    .option("--seed <number>", "of everything random: the same seed gives the same rehearsal (default: 1)")
    .option("--real-visitors <number>", "visitors expected at the real sale, for what it would cost")
    .addOption(
      new Option("--clock <clock>", "simulated: as fast as it goes; real: an hour takes an hour").choices([
        "simulated",
        "real",
      ]),
    )
    .option("--at-most <time>", "ends with what is known after so much real time, such as 10m")
    .option("--configuration <file>", "the integration configuration of the sale, as JSON")
    .option("--out <folder>", "write the page, the summary for a pull request and the JSON to this folder")
    .option("--json", "print one JSON object instead of text")
    .action(async (name: string, options: RehearseCommandOptions) => {
      // It brings workerd along: other commands and --help start without it.
      const { runRehearse } = await import("./run/rehearse.ts");
      await runRehearse(name, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf rehearse staging",
      "npx queueit-cf rehearse staging --visitors 5000 --arrive 60s --outflow 600/min --seed 7",
      "npx queueit-cf rehearse production --scenario on-sale-at-noon --out rehearsal",
      "npx queueit-cf rehearse production --configuration downloaded.json --at-most 5m --json",
    ],
    notes: [
      "Scenarios that come along: on-sale-at-noon, product-drop, slow-morning. What a file of your own may say " +
        `is in ${ownPath("schemas/scenario.v1.schema.json")}, and in ${ownPath("docs/rehearsal/README.md")}.`,
      "Ctrl-C ends it with what is known so far.",
    ],
    exitCodes: {
      ok: "every promise was kept, as far as it went",
      userError: "the scenario or the environment is wrong, or it was ended before anything was known",
      found:
        "a promise was broken: somebody got past the line, lost a place, or met an error of the Worker's",
    },
  });
}
