import type { Change } from "../changes/change.ts";
import type { Review } from "../review.ts";

export type DriftChange = Extract<Change, { readonly kind: "drift" }>;

/** What is not as it was deployed, apart from what Queue-it published. */
export interface Drift {
  /** What Queue-it published since: its own to change. */
  readonly expected: readonly DriftChange[];
  /** What somebody changed, deleted or took away outside Terraform. */
  readonly found: readonly DriftChange[];
}

/** Separates what a refresh found. */
export function driftOf({ changes }: Review): Drift {
  const all = changes.filter((change): change is DriftChange => change.kind === "drift");
  return {
    expected: all.filter(({ cause }) => cause === "published"),
    found: all.filter(({ cause }) => cause !== "published"),
  };
}
