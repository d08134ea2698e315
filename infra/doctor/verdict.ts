import { counted } from "../text/counted.ts";
import type { Finding } from "./finding.ts";

/** What all findings come to. */
export interface Verdict {
  /** Whether nothing has to be done; what was not tried is not known to be in order. */
  readonly isClean: boolean;
  readonly sentence: string;
}

export function verdictOf(findings: readonly Finding[]): Verdict {
  const count = (state: Finding["state"]) => findings.filter((finding) => finding.state === state).length;
  const [problems, warnings, untried] = [count("problem"), count("warning"), count("not-tried")];
  const words = [
    problems > 0 ? counted(problems, "problem") : "",
    warnings > 0 ? counted(warnings, "warning") : "",
    untried > 0 ? `${untried} not tried` : "",
    `${count("ok")} in order`,
  ].filter((word) => word !== "");
  const isClean = problems === 0 && warnings === 0;
  const list = words.join(", ");
  if (!isClean) return { isClean, sentence: `${list}. Each has its fix beside it.` };
  return {
    isClean,
    sentence: untried > 0 ? `Nothing found to fix: ${list}.` : `Everything is in order: ${list}.`,
  };
}
