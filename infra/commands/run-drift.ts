import { wantsColours } from "../colours.ts";
import { reviewOf } from "../deploy/review-of.ts";
import { EXIT, UserError } from "../errors.ts";
import { driftOf } from "../plan/drift/drift.ts";
import { driftJson, driftMarkdown, driftText } from "../plan/drift/drift-report.ts";
import type { DriftCommandOptions } from "./drift.ts";
import { readyTarget, terraform } from "./workspace.ts";
import { writeText } from "./write-report.ts";

/** Looks for drift in an environment. */
export async function runDrift(name: string, { json, markdown }: DriftCommandOptions): Promise<void> {
  const target = await readyTarget(name);
  const stack = await (await terraform(target))(target.spec);
  const planned = await stack.plan("refresh-only", { readOnly: true });
  try {
    if (planned.failure !== undefined) {
      throw new UserError("refresh-failed", `The state of ${name} cannot be compared: ${planned.failure}`);
    }
    const drift = driftOf(reviewOf(target, planned, {}));
    if (markdown !== undefined) await writeText(markdown, driftMarkdown(name, drift));
    process.stdout.write(json ? driftJson(name, drift) : driftText(name, drift, wantsColours));
    if (drift.found.length > 0) process.exitCode = EXIT.found;
  } finally {
    await planned.discard();
  }
}
