import { createHash } from "node:crypto";
import type { PlanReport } from "../plan/report/read-report.ts";
import { reaches, type RiskLevel } from "../plan/risks/risk.ts";
import type { Shown } from "./comment-text.ts";
import type { Labelling } from "./labelling.ts";

/** GitHub makes no label with a longer name. */
const LONGEST_LABEL = 50;

/** The label by which a person accepts the risks of a plan; a shorter one where the environment's name is very long. */
export function acceptanceLabel(environment: string): string {
  const label = `accept-risk-${environment}`;
  // No environment has an underscore in its name, so that this is the label of no other one.
  return label.length <= LONGEST_LABEL ? label : `accept_${environment}`;
}

/** Whether a plan may go on: it has no such risk, somebody who saw it accepted them, or neither. */
export type Verdict = "no-risk" | "accepted" | "not-accepted";

export interface PlanToJudge {
  /** Level of its gravest risk; null when it has none. */
  readonly highestRisk: RiskLevel | null;
  readonly digest: string;
  readonly commit: string;
  /** What {@link risksToAccept} says of it. */
  readonly risks: string | undefined;
}

/** What our comment said before this plan was reported. */
export interface Seen extends Shown {
  /** When it was written last, in milliseconds since 1970, by GitHub's clock. */
  readonly writtenAt: number;
}

/** Whether a plan has a risk that somebody has to accept. */
export function needsAcceptance(
  { highestRisk }: Pick<PlanToJudge, "highestRisk">,
  failOn: RiskLevel,
): boolean {
  return highestRisk !== null && reaches(highestRisk, failOn);
}

/**
 * A hash of the risks that somebody has to accept; undefined where there is none. A plan's digest is of what it
 * changes: the time, a switch or what else is in the account brings other risks to the same one.
 */
export function risksToAccept({ risks }: Pick<PlanReport, "risks">, failOn: RiskLevel): string | undefined {
  const grave = risks
    .filter(({ level }) => reaches(level, failOn))
    .map(({ rule, level, title }) => JSON.stringify([rule, level, title]))
    .sort();
  return grave.length === 0 ? undefined : createHash("sha256").update(JSON.stringify(grave)).digest("hex");
}

/** Whether the comment showed exactly this plan with these risks, so that a label could have been set for them. */
export function wasSeen({ digest, commit, risks }: PlanToJudge, seen: Seen | undefined): boolean {
  return seen?.digest === digest && seen.commit === commit && seen.risks === risks;
}

/**
 * Whether a label accepts the plan that the comment showed. It does when a person set it who may write, after
 * the comment was written; or when it is still the one that was accepted then, since our own note changed the
 * comment.
 *
 * @param author Who opened the pull request, and so cannot accept its risks; undefined where anybody may.
 */
export function accepts(label: Labelling | undefined, seen: Seen, author: string | undefined): boolean {
  if (label?.isByWriter !== true || isSameLogin(label.by, author)) return false;
  return seen.acceptedWith === label.event || label.setAt > seen.writtenAt;
}

/** GitHub's logins are the same in any case of their letters. */
function isSameLogin(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

/**
 * What the comment says of the verdict; undefined when there is nothing to say.
 *
 * @param wasLabelled Whether the label was there all the same.
 */
export function verdictNote(verdict: Verdict, environment: string, wasLabelled: boolean): string | undefined {
  const label = `\`${acceptanceLabel(environment)}\``;
  switch (verdict) {
    case "no-risk":
      return undefined;
    case "accepted":
      return (
        `✔️ The risks of this plan were accepted with the label ${label}. Another commit or another ` +
        "plan needs it again."
      );
    case "not-accepted":
      return (
        `🛑 The check fails for these risks. Fix them, or accept them for exactly this plan with the label ${label}.` +
        (wasLabelled
          ? " The label was set, but did not count: a person with write access to this repository, who is not the " +
            "author of this pull request, has to set it after this comment shows the plan."
          : "")
      );
  }
}
