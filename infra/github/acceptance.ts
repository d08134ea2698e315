import { reaches, type RiskLevel } from "../plan/risks/risk.ts";
import type { Shown } from "./comment-text.ts";

/** The label by which a person accepts the risks of a plan. */
export function acceptanceLabel(environment: string): string {
  return `accept-risk-${environment}`;
}

/** Whether a plan may go on: it has no such risk, somebody who saw it accepted them, or neither. */
export type Verdict = "no-risk" | "accepted" | "not-accepted";

export interface PlanToJudge {
  /** Level of its gravest risk; null when it has none. */
  readonly highestRisk: RiskLevel | null;
  readonly digest: string;
  readonly commit: string;
}

/**
 * Judges a plan. A label accepts what a person could see when setting it: the comment that stood there before. Where
 * that was of another commit or another digest, the label says nothing about this plan, so it does not outlive a push.
 *
 * @param seen What the comment said before this plan was reported; undefined when there was none.
 */
export function judge(
  plan: PlanToJudge,
  failOn: RiskLevel,
  isLabelled: boolean,
  seen: Shown | undefined,
): Verdict {
  if (plan.highestRisk === null || !reaches(plan.highestRisk, failOn)) return "no-risk";
  const wasSeen = seen?.digest === plan.digest && seen.commit === plan.commit;
  return isLabelled && wasSeen ? "accepted" : "not-accepted";
}

/** What the comment says of the verdict; undefined when there is nothing to say. */
export function verdictNote(verdict: Verdict, environment: string): string | undefined {
  const label = `\`${acceptanceLabel(environment)}\``;
  switch (verdict) {
    case "no-risk":
      return undefined;
    case "accepted":
      return `✔️ The risks of this plan were accepted with the label ${label}. Another commit or another plan needs it anew.`;
    case "not-accepted":
      return `🛑 The check fails for these risks. Mend them, or accept them for exactly this plan with the label ${label}.`;
  }
}
