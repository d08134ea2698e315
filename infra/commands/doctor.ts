import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { DoctorCommandOptions } from "./run/doctor.ts";

/** `queueit-cf doctor`: what a deploy needs, and what of it is not there. */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .summary("Look for what would stop a deploy")
    .description(
      "Look at everything that a deploy needs: Node.js, Terraform and its provider, the token and its " +
        "permissions, the zone and its hostnames, routes of other Workers, KV, the environment variables, " +
        "the state and its lock, Queue-it, the clock and the plan of the account. Each line says what was " +
        "found, what it means and what to do; what could not be tried says so. Changes nothing in the account.",
    )
    .argument("[environment]", "name of a file in infra/environments (default: all)")
    .option("--json", "print one JSON object instead of text")
    .action(async (environment: string | undefined, options: DoctorCommandOptions) => {
      const { runDoctor } = await import("./run/doctor.ts");
      await runDoctor(environment, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf doctor",
      "npx queueit-cf doctor staging",
      "npx queueit-cf doctor production --json",
    ],
    notes: [
      "It needs nothing: without a token, Terraform or a network, those are its findings. In a bucket it leaves " +
        "one small object beside the bundles, conditional-writes.json, by which it sees that the lock locks.",
    ],
    exitCodes: {
      ok: "nothing was found to fix; what was not tried is said",
      userError: "there is no such environment",
      found: "a problem or a warning was found",
    },
  });
}
