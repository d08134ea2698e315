import { appendFile } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { changesSomething, parsePlanReport } from "../github/plan-report.ts";
import { readReportFile, requireEnvironmentName } from "./github-surroundings.ts";
import type { GitHubOutputsOptions } from "./github.ts";

/** Appends the outputs of a step, and prints them. */
export async function runGitHubOutputs(environment: string, { report }: GitHubOutputsOptions): Promise<void> {
  requireEnvironmentName(environment);
  const plan = parsePlanReport(await readReportFile(report), environment);
  const lines = `digest=${plan.digest}\nchanges=${String(changesSomething(plan))}\n`;
  await appendFile(process.env["GITHUB_OUTPUT"] ?? "", lines).catch(() => {
    throw new UserError(
      "github-output",
      "GITHUB_OUTPUT names no file that can be written. GitHub Actions sets it for each step; elsewhere, set it to a file's path.",
    );
  });
  process.stdout.write(lines);
}
