import { Command, Option } from "commander";
import { withNotes } from "./help.ts";
import type { AdoptOptions } from "./run/adopt.ts";

/** `queueit-cf adopt`: a connector that was made by hand becomes an environment. */
export function adoptCommand(): Command {
  const command = new Command("adopt")
    .summary("Describe a connector that was made by hand as an environment")
    .description(
      "Find the Queue-it connector that an account has already, show it, and write the environment whose first " +
        "deploy takes it over. Changes nothing in the account.",
    )
    .argument("<environment>", "name of the environment to write, for example production")
    .option("--account <id>", "Cloudflare account id; not needed where the token sees only one")
    .option("--name <worker>", "name of the Worker, where several look like a connector")
    .addOption(
      new Option(
        "--worker <choice>",
        "keep the Worker that runs, as a file of this repository, or replace it by this project's own",
      ).choices(["keep", "replace"]),
    )
    .option("--customer-id <id>", "Queue-it customer id, where the account does not tell it")
    .option(
      "--called <name=binding>",
      "what the Worker calls something of the manual, for example QUEUEIT_SECRET_KEY=SECRET; once for each",
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    )
    .option("--yes", "write without asking; without a terminal and without this option, nothing is written")
    .option("--json", "print one JSON object; what is for people goes to standard error")
    .action(async (environment: string, options: AdoptOptions) => {
      const { runAdopt } = await import("./run/adopt.ts");
      await runAdopt(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf adopt production",
      "npx queueit-cf adopt production --worker keep --yes",
      "npx queueit-cf adopt staging --name queueit-staging --worker replace --customer-id ticketsandmore",
    ],
    notes: [
      "It needs CLOUDFLARE_API_TOKEN, and only reads: Account · Workers Scripts · Read, Account · Workers KV " +
        "Storage · Read, Zone · Zone · Read and Zone · Workers Routes · Read.",
    ],
    exitCodes: {
      ok: "it was shown, and written where that was confirmed",
      userError:
        "there is nothing to adopt, it has to be decided first, or it cannot be said as an environment",
    },
  });
}
