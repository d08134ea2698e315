import { appendFile } from "node:fs/promises";
import { UserError } from "../../errors/user-error.ts";
import { changesSomething, parsePlanReport } from "../../plan/report/read-report.ts";
import { readReportFile, requireEnvironmentName } from "./github-context.ts";

export interface GitHubOutputsOptions {
  readonly report: string;
}

/** Appends the outputs of a step, and prints them. */
export async function runGitHubOutputs(environment: string, { report }: GitHubOutputsOptions): Promise<void> {
  requireEnvironmentName(environment);
  const plan = parsePlanReport(await readReportFile(report), environment);
  const lines = `digest=${plan.digest}\nchanges=${String(changesSomething(plan))}\n`;
  await appendFile(process.env["GITHUB_OUTPUT"] ?? "", lines).catch(() => {
    throw new UserError(
      "github-output",
      "GITHUB_OUTPUT does not name a file that can be written. GitHub Actions sets it for each step; " +
        "elsewhere, set it to a file's path.",
    );
  });
  process.stdout.write(lines);
}
