import { changesSomething, parsePlanReport } from "../../plan/report/read-report.ts";
import { readReportFile, requireEnvironmentName } from "./github-context.ts";
import { writeStepOutputs } from "./step-outputs.ts";

export interface GitHubOutputsOptions {
  readonly report: string;
}

/** Appends the outputs of a step, and prints them. */
export async function runGitHubOutputs(environment: string, { report }: GitHubOutputsOptions): Promise<void> {
  requireEnvironmentName(environment);
  const plan = parsePlanReport(await readReportFile(report), environment);
  const lines = `digest=${plan.digest}\nchanges=${String(changesSomething(plan))}\n`;
  await writeStepOutputs(lines);
}
