import type { Review } from "../review.ts";
import type { Risk, RiskLevel } from "../risks/risk.ts";

const VERBS = {
  destroy: "to destroy",
  replace: "to replace",
  forget: "to forget",
  update: "to change",
  create: "to create",
  import: "to take over",
  move: "to rename",
} as const;

/** What the plan does, in one line, for example `1 to destroy, 2 to change`. */
export function countsLine({ counts, changes }: Review): string {
  const verbs = Object.entries(VERBS) as [keyof typeof VERBS, string][];
  const parts = verbs.filter(([name]) => counts[name] > 0).map(([name, verb]) => `${counts[name]} ${verb}`);
  if (parts.length > 0) return parts.join(", ");
  return changes.some(({ kind }) => kind === "output") ? "No changes except to outputs" : "No changes";
}

/** How many risks of which level there are, for example `2 high, 1 low`. */
export function risksLine({ risks }: Review): string {
  const levels: readonly RiskLevel[] = ["high", "medium", "low"];
  const count = (level: RiskLevel) => risks.filter((risk: Risk) => risk.level === level).length;
  const parts = levels.filter((level) => count(level) > 0).map((level) => `${count(level)} ${level}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}
