import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { VerifyCommandOptions } from "./run/verify.ts";

/** `queueit-cf verify`: whether the deployed sites do what they have to. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .summary("Try the deployed sites with real requests")
    .description(
      "Try the deployed sites of an environment with real requests, every page of its coverage on every " +
        "host: the Worker answers where it protects, bypasses are not seen by it, a new visitor is sent " +
        "to the right waiting room, a signed token gets a session, the bundle and the integration " +
        "configuration are the deployed ones, and KV holds what the Worker runs. Ends with one line that " +
        "says whether the environment is ready for the sale, and if not, why. Changes nothing.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string, options: VerifyCommandOptions) => {
      const { runVerify } = await import("./run/verify.ts");
      await runVerify(environment, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf verify staging", "npx queueit-cf verify production --json"],
    notes: [
      "It needs TF_VAR_queueit_secret_key, the credentials for the state, which says what was deployed, " +
        "and CLOUDFLARE_API_TOKEN, to read KV.",
    ],
    exitCodes: {
      ok: "every check passed",
      userError: "the input is wrong",
      found: "a check failed or could not be tried",
    },
  });
}
