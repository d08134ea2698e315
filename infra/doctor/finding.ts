/** What came of looking at one thing. */
export interface Finding {
  /** What was looked at, for programs. */
  readonly check: string;
  /** `not-tried`: nobody knows; why is in `what`. */
  readonly state: "ok" | "warning" | "problem" | "not-tried";
  /** What was found, and what it means. */
  readonly what: string;
  /** What to do; undefined where nothing is. */
  readonly fix: string | undefined;
}

/** Makes the findings of one check. */
export interface Findings {
  readonly ok: (what: string) => Finding;
  readonly warning: (what: string, fix: string) => Finding;
  readonly problem: (what: string, fix: string) => Finding;
  readonly notTried: (what: string, fix?: string) => Finding;
}

export function findingsOf(check: string): Findings {
  return {
    ok: (what) => ({ check, state: "ok", what, fix: undefined }),
    warning: (what, fix) => ({ check, state: "warning", what, fix }),
    problem: (what, fix) => ({ check, state: "problem", what, fix }),
    notTried: (what, fix) => ({ check, state: "not-tried", what, fix }),
  };
}
