import { Command, Option } from "commander";
import { collected } from "./filled.ts";
import { withNotes } from "./help.ts";
import type { InitOptions } from "./run/init.ts";

/** `queueit-cf init`: a new environment, from a few answers. */
export function initCommand(): Command {
  const command = new Command("init")
    .summary("Write a new environment from a few answers")
    .description(
      "Ask the few things that an environment needs, or take them as options, and write its file and the names of " +
        "the variables that it needs. Where the environment is there already, show what would be different instead.",
    )
    .argument("[environment]", "name of the environment, for example staging; asked for without it")
    .option("--account <id>", "Cloudflare account id; not needed where the token sees only one")
    .option("--hostname <host>", "hostname that gets the waiting room; once for each", collected)
    .option("--zone <zone>", "its zone, by id or name; not needed with a token that sees it", collected)
    .option("--customer-id <id>", "Queue-it customer id, as in <customer id>.queue-it.net")
    .option("--protect <path>", 'path that the Worker sees; once for each (default: "/*")', collected)
    .option("--bypass <path>", "static path that skips the Worker; once for each", collected)
    .option("--no-bypass", "no path skips the Worker")
    .option("--no-fetch", "do not look at the site for its static paths: propose the usual ones")
    .option("--owner <who>", "who owns the integration configuration: publish (default), pull or file:PATH")
    .option("--secrets <where>", "where secrets come from: variables (default) or secrets-store:STORE_ID")
    .option(
      "--backend <where>",
      "where Terraform keeps its state: local (default), r2:BUCKET, s3:BUCKET:REGION or hcp:ORGANIZATION/WORKSPACE",
    )
    .option("--promoted-from <environment>", "environment that has to run a bundle before this one may")
    .option("--no-promoted-from", "no environment has to")
    .addOption(
      new Option("--failure <way>", "what visitors get while the connector fails (default: open)").choices([
        "open",
        "closed",
      ]),
    )
    .option("--yes", "write without asking; without a terminal and without this option, nothing is written")
    .option("--json", "print one JSON object and ask nothing; what is for people goes to standard error")
    .action(async (environment: string | undefined, options: InitOptions) => {
      const { runInit } = await import("./run/init.ts");
      await runInit(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf init",
      "npx queueit-cf init staging --hostname staging.tickets-and-more.dk --customer-id ticketsandmore",
      "npx queueit-cf init production --account 5e1d0c4b3a29180716f5e4d3c2b1a090 --zone tickets-and-more.dk " +
        '--hostname shop.tickets-and-more.dk --customer-id ticketsandmore --bypass "/static/*" ' +
        "--promoted-from staging --backend r2:terraform-state --no-fetch --yes",
    ],
    notes: [
      "With CLOUDFLARE_API_TOKEN it offers the accounts and zones that the token sees (Zone · Zone · Read), and " +
        "checks that the hostnames are in them. It changes nothing in the account.",
      "It asks https://HOST/ for its first page, to propose what may skip the Worker: only folders with static " +
        "files, and none that a link of the page leads into. If the account has a connector already: npx " +
        "queueit-cf adopt --help",
    ],
    exitCodes: {
      ok: "it was shown, and written where that was confirmed; or it is there already",
      userError: "something is missing or wrong; nothing was written",
      found: "the environment is there already and says otherwise; nothing was written",
    },
  });
}
