import { jsonReport } from "../../../infra/plan/report/json.ts";
import { markdownReport } from "../../../infra/plan/report/markdown.ts";
import { type Review, reviewPlan } from "../../../infra/plan/review.ts";
import { type Recorded, recordedPlan } from "../plan/plans.ts";

export interface Reports {
  readonly digest: string;
  readonly json: string;
  readonly markdown: string;
}

/** The reports of a plan that the real Terraform made. */
export function recordedReports(name: Recorded, environment = "staging"): Reports {
  const review: Review = reviewPlan(recordedPlan(name), { environment });
  return { digest: review.digest, json: jsonReport(review), markdown: markdownReport(review) };
}

/** The JSON report of a plan that has one more high risk, of this rule. */
export function withRisk(json: string, rule: string): string {
  const report = JSON.parse(json) as { readonly risks: readonly object[] };
  const risk = { rule, level: "high", title: rule, explanation: "Of a test.", remedy: "None." };
  return JSON.stringify({ ...report, highestRisk: "high", risks: [...report.risks, risk] });
}
