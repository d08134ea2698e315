import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { VerifyCommandOptions } from "./run/verify.ts";

/** `queueit-cf verify`: whether the deployed sites do what they have to. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .summary("Try the deployed sites with real requests")
    .description(
      "Try the deployed sites of an environment with real requests: the Worker answers where it protects, bypasses " +
        "bypass, an unknown visitor is sent to the right waiting room, a signed token gets a session, and bundle and " +
        "integration configuration are the deployed ones. Changes nothing.",
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
      "It needs TF_VAR_queueit_secret_key, and the credentials of the state, which says what was deployed.",
    ],
    exitCodes: {
      ok: "every check passed or could not be tried",
      userError: "the input is wrong",
      found: "a check failed",
    },
  });
}
