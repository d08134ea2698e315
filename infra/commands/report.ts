import { Command } from "commander";
import { withNotes } from "./help.ts";
import { reportOptions } from "./report-options.ts";
import type { ReportCommandOptions } from "./run/report.ts";

/** `queueit-cf report`: what a plan means, from its JSON. */
export function reportCommand(): Command {
  const command = new Command("report")
    .summary("Say what a plan means, from its JSON")
    .description(
      "Say what a Terraform plan means for visitors: changes in words, risks, coverage and a digest. " +
        "Needs no Terraform and shows no secret.",
    )
    .argument("<plan.json>", "what terraform show -json printed; - reads standard input")
    .option("--environment <name>", "environment that the plan is for: adds its coverage and owner")
    .action(async (plan: string, options: ReportCommandOptions) => {
      const { runReport } = await import("./run/report.ts");
      await runReport(plan, options);
    });
  for (const option of reportOptions()) command.addOption(option);
  return withNotes(command, {
    examples: [
      "terraform show -json plan.out | npx queueit-cf report - --environment staging",
      "npx queueit-cf report plan.json --markdown comment.md --fail-on high",
    ],
    notes: [
      "QUEUEIT_PLAN_KEY, a random text of 16 characters or more that is kept with the pipeline's other " +
        "secrets, makes the digest change when only the value of a secret does. Make one with: openssl " +
        "rand -hex 32",
    ],
    exitCodes: {
      ok: "everything is in order",
      userError: "the input is wrong",
      found: "a risk of the " + "level given with --fail-on, or above",
    },
  });
}
