import { Argument, Command, Option } from "commander";
import { collected } from "./filled.ts";
import { withNotes } from "./help.ts";
import type { SwitchFailureCommandOptions } from "./run/switch-failure.ts";
import type { SwitchOffCommandOptions } from "./run/switch-off.ts";
import type { SwitchOnCommandOptions } from "./run/switch-on.ts";
import type { SwitchStatusCommandOptions } from "./run/switch-status.ts";

/** `queueit-cf switch`: the connector out of the way, and back, without Terraform. */
export function switchCommand(): Command {
  const command = new Command("switch").description(
    "Take the connector off the pages of a site in seconds, and put it back exactly as it was: straight through " +
      "Cloudflare's API, without Terraform, its state or its lock. Every later plan, deploy, drift, verify and doctor " +
      "says so until it is switched back, and no deploy turns it back by the way.",
  );
  for (const nested of [off(), on(), failure(), status()]) command.addCommand(nested);
  return withNotes(command, {
    notes: [PLACE, TOKEN],
    exitCodes: {
      ok: "it is switched, and real requests proved it",
      userError: "it was refused or failed; the message says what had been changed by then",
      found: "it is switched, but not proved; status: something is switched",
    },
  });
}

const PLACE =
  "The connector is named by its environment, or, outside of any checkout's environments, by --account, --zone and " +
  "--worker.";

const TOKEN =
  "CLOUDFLARE_API_TOKEN needs Zone · Workers Routes · Edit for the zones, Account · Workers KV Storage · Edit for the note, " +
  "and Account · Workers Scripts · Read (for failure: Edit). A deploy's token has all of them.";

const EXIT_CODES = {
  ok: "it is switched, and real requests proved it",
  userError: "it was refused or failed; the message says what had been changed by then",
  found: "it is switched, but real requests did not prove all of it",
} as const;

function withPlace(command: Command): Command {
  return command
    .argument("[environment]", "name of a file in infra/environments")
    .option("--account <id>", "instead of an environment: id of the Cloudflare account")
    .addOption(
      new Option("--zone <id>", "instead of an environment: id of the zone; once for each zone").argParser(
        collected,
      ),
    )
    .option("--worker <name>", "instead of an environment: name of the Worker");
}

function withConfirmation(command: Command): Command {
  return command
    .option("--yes <environment>", "do not ask: the name of the environment, or of the Worker without one")
    .option("--json", "print one JSON object at the end");
}

function off(): Command {
  const command = withConfirmation(
    withPlace(new Command("off"))
      .summary("Take the connector off the pages of a site")
      .description(
        "Let every route that leads to the connector's Worker lead to none: from then on every visitor reaches the site " +
          "immediately, without a waiting room. What the routes were is noted first, in the KV namespace of the Worker, " +
          "so that they can be put back. Running it again finishes what was interrupted.",
      )
      .option("--site <host>", "only the routes of this host (default: all)")
      .option("--reason <text>", "why, for everybody who meets the site in this state"),
  ).action(async (environment: string | undefined, options: SwitchOffCommandOptions) => {
    const { runSwitchOff } = await import("./run/switch-off.ts");
    await runSwitchOff(environment, options);
  });
  return withNotes(command, {
    examples: [
      'npx queueit-cf switch off production --reason "login loop since the last release"',
      'npx queueit-cf switch off production --site shop.example.com --reason "origin is down" --yes production',
      "npx queueit-cf switch off --account 0123…cdef --zone fedc…3210 --worker queueit-connector-production --reason emergency",
    ],
    notes: [PLACE, TOKEN],
    exitCodes: EXIT_CODES,
  });
}

function on(): Command {
  const command = withConfirmation(
    withPlace(new Command("on"))
      .summary("Put the connector back exactly as it was")
      .description(
        "Put the routes back as they were when they were switched off. What somebody else changed meanwhile is said, and a " +
          "route that belongs to another Worker by now is left alone. Running it again finishes what was interrupted.",
      )
      .option("--site <host>", "only the routes of this host (default: all)")
      .option(
        "--leave-others",
        "take the note away although a route belongs to another Worker by now, which stays as it is",
      ),
  ).action(async (environment: string | undefined, options: SwitchOnCommandOptions) => {
    const { runSwitchOn } = await import("./run/switch-on.ts");
    await runSwitchOn(environment, options);
  });
  return withNotes(command, {
    examples: [
      "npx queueit-cf switch on production",
      "npx queueit-cf switch on production --site shop.example.com",
    ],
    notes: [PLACE, TOKEN],
    exitCodes: EXIT_CODES,
  });
}

function failure(): Command {
  const command = withConfirmation(
    withPlace(
      new Command("failure")
        .summary("What visitors get where the connector fails")
        .description(
          "Change what visitors get where the connector itself fails: open lets them pass, closed answers 503. It makes a " +
            "new version of the Worker of the same code and secrets, and lasts until it is switched back.",
        )
        .addArgument(new Argument("<mode>", "what visitors get").choices(["open", "closed"])),
    ).option("--reason <text>", "why; not needed to switch it back to what the environment says"),
  ).action(
    async (
      mode: "open" | "closed",
      environment: string | undefined,
      options: SwitchFailureCommandOptions,
    ) => {
      const { runSwitchFailure } = await import("./run/switch-failure.ts");
      await runSwitchFailure(mode, environment, options);
    },
  );
  return withNotes(command, {
    examples: [
      'npx queueit-cf switch failure closed production --reason "bots pass while KV is slow"',
      "npx queueit-cf switch failure open production --yes production",
    ],
    notes: [
      PLACE,
      TOKEN,
      "With TF_VAR_queueit_secret_key set, the Worker itself is asked how it fails; without it, that is said to be not checked.",
    ],
    exitCodes: EXIT_CODES,
  });
}

function status(): Command {
  const command = withPlace(new Command("status"))
    .summary("What is switched, by whom and why")
    .description("Say what of a connector is switched, since when, by whom and why. Changes nothing.")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string | undefined, options: SwitchStatusCommandOptions) => {
      const { runSwitchStatus } = await import("./run/switch-status.ts");
      await runSwitchStatus(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf switch status production", "npx queueit-cf switch status production --json"],
    notes: [PLACE],
    exitCodes: {
      ok: "nothing is switched",
      userError: "the input is wrong, or Cloudflare does not tell",
      found: "something is switched",
    },
  });
}
