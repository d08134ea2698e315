import { deployResultOf } from "../../github/deploy-result.ts";
import { LIMITS, readNamedUpTo } from "../../files/read-up-to.ts";
import { jsonText } from "../../text/printable.ts";
import { requireEnvironmentName } from "./github-context.ts";
import { writeStepOutputs } from "./step-outputs.ts";

export interface GitHubResultOptions {
  readonly deploy?: string;
  readonly verify?: string;
}

/** Appends the result to the outputs of a step, as one line. */
export async function runGitHubResult(
  environment: string,
  { deploy, verify }: GitHubResultOptions,
): Promise<void> {
  requireEnvironmentName(environment);
  const [deployed, verified] = await Promise.all([written(deploy), written(verify)]);
  const handed = { ...deployResultOf(deployed, verified), at: Date.now() };
  await writeStepOutputs(`result=${jsonText(handed)}\n`);
}

/** What a step wrote; undefined where it was not reached. */
async function written(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readNamedUpTo(path, LIMITS.report).catch(() => undefined);
  return bytes?.toString("utf8");
}
