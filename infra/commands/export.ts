import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { ExportTerraformOptions } from "./run/export-terraform.ts";
import { ownPath } from "../text/own-path.ts";

/** `queueit-cf export`: what an environment is made of, for other tools. */
export function exportCommand(): Command {
  const command = new Command("export").description("Write environments in a form for other tools.");
  command.addCommand(terraform());
  return withNotes(command, {
    exitCodes: { ok: "it is written", userError: "the input is wrong, or it cannot be written" },
  });
}

function terraform(): Command {
  const command = new Command("terraform")
    .summary("Plain Terraform, without CDKTF and Node")
    .description(
      "Write environments as Terraform configurations of their own: with a variable wherever an environment has a " +
        "choice, and the bundle beside it. They have the same addresses and the same state, so that a plan changes nothing, " +
        "and need neither this project nor Node. Deploys nothing, and overwrites nothing.",
    )
    .argument("<folder>", "where to write; each environment gets a folder of its own in it")
    .argument("[environments...]", "names of files in infra/environments (default: all)")
    .option("--hcl", "write Terraform's native syntax instead of JSON")
    .option("--json", "print one JSON object instead of text")
    .action(async (folder: string, environments: string[], options: ExportTerraformOptions) => {
      const { runExportTerraform } = await import("./run/export-terraform.ts");
      await runExportTerraform(folder, environments, options);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf export terraform exported",
      "npx queueit-cf export terraform ../shop-terraform production --hcl",
    ],
    notes: [`${ownPath("docs/after-cdktf.md")} says how to go on with it.`],
    exitCodes: { ok: "it is written", userError: "the input is wrong, or it cannot be written" },
  });
}
