import { Command } from "commander";
import { withNotes } from "./help.ts";
import { reportOptions } from "./report-options.ts";
import type { PlanCommandOptions } from "./run/plan.ts";

/** `queueit-cf plan`: what a deploy would do, and what that means for visitors. */
export function planCommand(): Command {
  const command = new Command("plan")
    .summary("What a deploy would do, and what that means for visitors")
    .description(
      "Plan an environment with Terraform or OpenTofu and report what it means for visitors: changes in " +
        "words, risks, coverage and a digest. Changes nothing.",
    )
    .argument("<environment>", "name of a file in infra/environments")
    .option(
      "--before-promotion",
      "plan as if the environment it is promoted from already ran this bundle; for pull requests",
    )
    .action(async (environment: string, options: PlanCommandOptions) => {
      const { runPlan } = await import("./run/plan.ts");
      await runPlan(environment, options);
    });
  for (const option of reportOptions()) command.addOption(option);
  return withNotes(command, {
    examples: [
      "npx queueit-cf plan staging",
      "npx queueit-cf plan production --before-promotion --markdown comment.md --fail-on high",
      "npx queueit-cf plan staging --json --out plan-report.json",
    ],
    notes: [
      "It needs what a deploy needs: CLOUDFLARE_API_TOKEN (a read-only one is enough), the secrets as " +
        "TF_VAR_…, and the credentials for the state. With QUEUEIT_PLAN_KEY, the digest also changes when " +
        "only the value of a secret does.",
    ],
    exitCodes: {
      ok: "everything is in order",
      userError: "the input is wrong, or the plan stopped",
      found: "a risk of the level given with --fail-on, or above",
    },
  });
}
