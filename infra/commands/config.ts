import { Command, Option } from "commander";
import { withNotes } from "./help.ts";
import type { ConfigDiffOptions } from "./run/config-diff.ts";
import type { ConfigExplainOptions } from "./run/config-explain.ts";
import type { ConfigHistoryOptions } from "./run/config-history.ts";
import type { ConfigPullOptions } from "./run/config-pull.ts";
import type { ConfigPushOptions } from "./run/config-push.ts";
import type { ConfigShowOptions } from "./run/config-show.ts";
import type { ConfigValidateOptions } from "./run/config-validate.ts";

/** `queueit-cf config`: the integration configuration, which says who queues. */
export function configCommand(): Command {
  const config = new Command("config").description(
    "Read, check, compare and change integration configurations, which say which requests queue.",
  );
  for (const command of [show(), validate(), diff(), explain(), pull(), push(), history()])
    config.addCommand(command);
  return withNotes(config, {
    notes: [NAMES],
    exitCodes: {
      ok: "it is shown, or there is nothing to find",
      userError: "the input is wrong, or was refused",
      found: "validate: a finding; diff: a difference",
    },
  });
}

const NAMES =
  "A configuration is named by an environment (its live one), a place (kv:staging, status:staging, file:staging, " +
  "queue-it:staging), a file, or - for standard input.";

const CREDENTIALS =
  "KV is read with CLOUDFLARE_API_TOKEN, the Worker's own answer with TF_VAR_queueit_secret_key, Queue-it's platform with " +
  "TF_VAR_queueit_api_key.";

function from(): Option {
  return new Option(
    "--from <place>",
    "where the environment's configuration is read: KV, the Worker's memory (its signed status answer), the " +
      "environment's file, or Queue-it's platform (default: whichever of the first three can be asked)",
  ).choices(["status", "kv", "file", "queue-it"]);
}

function show(): Command {
  const command = new Command("show")
    .summary("The actions as a table")
    .description(
      "Show an integration configuration: its actions in their order, and in words when each applies.",
    )
    .argument("[configuration]", "an environment, or a file (default: the only environment)")
    .addOption(from())
    .option("--json", "print one JSON object instead of text")
    .action(async (text: string | undefined, options: ConfigShowOptions) => {
      const { runConfigShow } = await import("./run/config-show.ts");
      await runConfigShow(text, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf config show staging",
      "npx queueit-cf config show production --from status",
      "npx queueit-cf config show downloaded.json --json",
    ],
    notes: [NAMES, CREDENTIALS],
    exitCodes: { ok: "it is shown", userError: "the input is wrong, or it cannot be read" },
  });
}

function validate(): Command {
  const command = new Command("validate")
    .summary("Everything that is wrong in a configuration")
    .description(
      "Check a file with an integration configuration: what the Worker would refuse, and what is legal and probably " +
        "wrong, such as an action behind another one that takes all of its requests, or a trigger that can never be " +
        "true. Changes nothing.",
    )
    .argument("<file>", "the file, or - for standard input")
    .argument("[environment]", "look at its routes, hosts and settings too")
    .option("--json", "print one JSON object instead of text")
    .action(async (file: string, environment: string | undefined, options: ConfigValidateOptions) => {
      const { runConfigValidate } = await import("./run/config-validate.ts");
      await runConfigValidate(file, environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf config validate downloaded.json",
      "npx queueit-cf config validate downloaded.json production",
      "npx queueit-cf config validate - --json < downloaded.json",
    ],
    exitCodes: {
      ok: "nothing was found",
      userError: "the Worker would refuse it, or the input is wrong",
      found: "the Worker would take it, and something was found",
    },
  });
}

function diff(): Command {
  const command = new Command("diff")
    .summary("What differs between two configurations")
    .description("Compare two integration configurations in the words of the plan report.")
    .argument("<before>", "an environment, a place, or a file")
    .argument("<after>", "another one; queue-it alone is Queue-it's copy for the environment of the other")
    .option("--json", "print one JSON object instead of text")
    .action(async (before: string, after: string, options: ConfigDiffOptions) => {
      const { runConfigDiff } = await import("./run/config-diff.ts");
      await runConfigDiff(before, after, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf config diff staging production",
      "npx queueit-cf config diff production downloaded.json",
      "npx queueit-cf config diff status:production queue-it",
    ],
    notes: [NAMES, CREDENTIALS],
    exitCodes: {
      ok: "both do the same; the version alone is no difference",
      userError: "the input is wrong, or one of them cannot be read",
      found: "they differ",
    },
  });
}

const several = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

function explain(): Command {
  const command = new Command("explain")
    .summary("What happens to one request, step by step")
    .description(
      "Say which route gets a request, action by action why it applies or not, what the SDK makes of the visitor's " +
        "session or token, and what the answer is. It runs the Worker's own code on this machine, and asks the site nothing.",
    )
    .argument("<url>", "absolute URL, for example https://shop.example.com/tickets?id=1")
    .argument("[environment]", "whose Worker (default: the one with a site of this host)")
    .option("--cookie <pair>", "a cookie, or several as a browser sends them; may be repeated", several)
    .option("--header <line>", 'a header, such as "User-Agent: curl/8"; may be repeated', several)
    .option("--method <method>", "the method (default: GET, or POST with --body)")
    .option("--body <text>", "the request's body")
    .addOption(
      new Option(
        "--configuration <file>",
        "use this integration configuration instead of the environment's",
      ).conflicts("from"),
    )
    .addOption(from())
    .option("--all", "show every action that was tried, however many there are")
    .option("--json", "print one JSON object instead of text")
    .action(async (url: string, environment: string | undefined, options: ConfigExplainOptions) => {
      const { runConfigExplain } = await import("./run/config-explain.ts");
      await runConfigExplain(url, environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf config explain https://shop.example.com/tickets",
      "npx queueit-cf config explain https://shop.example.com/tickets production --configuration downloaded.json",
      'npx queueit-cf config explain https://shop.example.com/cart production --cookie "vip=1" --header "User-Agent: curl/8"',
      'npx queueit-cf config explain https://shop.example.com/buy --method POST --body "ticket=12" --json',
    ],
    notes: [
      CREDENTIALS,
      "Without TF_VAR_queueit_secret_key sessions and tokens are not checked. Endpoints of Queue-it are never asked.",
    ],
    exitCodes: {
      ok: "it is explained",
      userError: "the input is wrong, or the configuration cannot be read",
    },
  });
}

function pull(): Command {
  const command = new Command("pull")
    .summary("Write the live configuration to a file")
    .description(
      "Write an environment's integration configuration to a file, and beside it what it was pulled from, so that a push can " +
        "tell whether that is still live. A file that was edited is never overwritten.",
    )
    .argument("[environment]", "name of a file in infra/environments (default: the only one)")
    .addOption(from())
    .option("--out <file>", "the file (default: <environment>.integration.json)")
    .action(async (environment: string | undefined, options: ConfigPullOptions) => {
      const { runConfigPull } = await import("./run/config-pull.ts");
      await runConfigPull(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf config pull staging",
      "npx queueit-cf config pull production --from queue-it --out queue-it.json",
    ],
    notes: [CREDENTIALS],
    exitCodes: { ok: "it is written", userError: "the input is wrong, or it cannot be read or written" },
  });
}

function push(): Command {
  const command = new Command("push")
    .summary("Make a file the live configuration")
    .description(
      "Make a file the live integration configuration of an environment: shows what that changes, and asks. Refused where " +
        "something else is live than the file was pulled from, or whoever owns the configuration would undo it.",
    )
    .argument("<file>", "a file that config pull wrote, or the environment's own file")
    .argument("[environment]", "name of a file in infra/environments (default: the only one)")
    .option(
      "--yes",
      "do not ask for confirmation; without a terminal and without this option, the answer is no",
    )
    .action(async (file: string, environment: string | undefined, options: ConfigPushOptions) => {
      const { runConfigPush } = await import("./run/config-push.ts");
      await runConfigPush(file, environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf config push staging.integration.json staging"],
    notes: [
      "Where Queue-it publishes the configuration, the push is a publish call, signed with TF_VAR_queueit_secret_key, and " +
        "Queue-it's next publish overwrites it. Where a file owns it, KV is written with CLOUDFLARE_API_TOKEN. Where the Worker " +
        "fetches it from Queue-it, a push is refused.",
    ],
    exitCodes: { ok: "it is live, or was already", userError: "it was refused or failed" },
  });
}

function history(): Command {
  const command = new Command("history")
    .summary("The versions of an environment's own file")
    .description(
      "List the commits that changed the file an environment takes its integration configuration from, and which is live.",
    )
    .argument("[environment]", "name of a file in infra/environments (default: the only one)")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string | undefined, options: ConfigHistoryOptions) => {
      const { runConfigHistory } = await import("./run/config-history.ts");
      await runConfigHistory(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf config history production"],
    exitCodes: { ok: "they are listed", userError: "the input is wrong, or git does not know them" },
  });
}
