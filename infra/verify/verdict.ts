import type { Check } from "./check.ts";

/** Whether an environment is ready for a sale, and one line that says so, or why not. */
export interface Verdict {
  readonly ready: boolean;
  readonly sentence: string;
}

/** More than that nobody reads in one line: each check has said it, with what to do. */
const MOST_NAMED = 3;

/** Green means checked: a check that could not be tried counts as much against it as one that failed. */
export function verdictOf(environment: string, checks: readonly Check[]): Verdict {
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  const untried = checks.filter(({ outcome }) => outcome === "skipped");
  if (checks.length > 0 && failed.length + untried.length === 0) {
    return {
      ready: true,
      sentence: `${environment} is ready for the sale: all ${checks.length} checks passed.`,
    };
  }
  const reasons = [
    ...(failed.length === 0 ? [] : [`${failed.length} of ${checks.length} checks failed (${named(failed)})`]),
    ...(untried.length === 0 ? [] : [`${untried.length} could not be tried (${named(untried)})`]),
    ...(checks.length === 0 ? ["nothing could be tried"] : []),
  ];
  return {
    ready: false,
    sentence: `${environment} is not ready for the sale, because ${reasons.join(", and ")}.`,
  };
}

function named(checks: readonly Check[]): string {
  const names = checks.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = checks.length - names.length;
  return [...names, ...(more === 0 ? [] : [`${more} more`])].join("; ");
}
