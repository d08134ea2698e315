import { z } from "zod";
import { UserError } from "../../errors/user-error.ts";
import { jsonOf } from "../../json/json-of.ts";
import { PLAN_REPORT } from "./plan-report-format.ts";

const { element: change } = PLAN_REPORT.schema.shape.changes;
const { element: risk } = PLAN_REPORT.schema.shape.risks;

/** How a plan's digest is written: SHA-256 in lower-case hexadecimal. */
export const DIGEST = /^[0-9a-f]{64}$/;

/** What is read again of what `jsonReport` writes. */
export const READ_REPORT = PLAN_REPORT.schema
  .pick({ schema: true, digest: true, highestRisk: true })
  .extend({ environment: z.string(), changes: z.array(change.pick({ effect: true, text: true })) });

const pipelineReport = READ_REPORT.extend({
  risks: z.array(risk.pick({ rule: true, level: true, title: true })),
});

/** What the pipeline needs of a plan's JSON report. */
export type PlanReport = z.infer<typeof pipelineReport>;

/**
 * Reads the JSON report of a plan.
 *
 * @throws UserError when it is none, or is another environment's.
 */
export function parsePlanReport(text: string, environment: string): PlanReport {
  const parsed = pipelineReport.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new UserError(
      "plan-report-invalid",
      `The file is not the JSON report of a plan${where(parsed.error)}. Give the file that queueit-cf ` +
        `plan ${environment} --json --out wrote.`,
    );
  }
  if (parsed.data.environment !== environment) {
    throw new UserError(
      "plan-report-foreign",
      `The report is for ${JSON.stringify(parsed.data.environment)}, not for ${environment}. Give the one ` +
        `of ${environment}.`,
    );
  }
  return parsed.data;
}

/** Whether applying the plan would do anything. */
export function changesSomething({ changes }: PlanReport): boolean {
  return changes.some(({ effect }) => effect !== "untouched" && effect !== "drift");
}

function where({ issues }: z.ZodError): string {
  const path = issues[0]?.path.join(".") ?? "";
  return path === "" ? "" : ` (look at ${path})`;
}
