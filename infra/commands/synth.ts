import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { SynthCommandOptions } from "./run/synth.ts";

/** `queueit-cf synth`: the stacks as plain Terraform. */
export function synthCommand(): Command {
  const command = new Command("synth")
    .summary("Write the stacks as plain Terraform JSON")
    .description(
      "Write each environment's stack as plain Terraform JSON, with the Worker's bundle beside it, to cdktf.out/stacks/. " +
        "Nothing is planned or deployed. CDKTF's own tool runs this as its app.",
    )
    .argument("[environments...]", "names of files in infra/environments (default: all)")
    .option("--json", "print one JSON object instead of text")
    .action(async (environments: readonly string[], options: SynthCommandOptions) => {
      const { runSynth } = await import("./run/synth.ts");
      await runSynth(environments, options);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf synth", "npx queueit-cf synth staging"],
    exitCodes: { ok: "they are written", userError: "an environment is wrong, or nothing can be written" },
  });
}
