import type { Review } from "../review.ts";
import { type DriftChange, driftRemedy, type Owned } from "./remedy.ts";

/** Something that is not as it was deployed, and what undoes it. */
export type Finding = DriftChange & { readonly remedy: string };

/** What is not as it was deployed, apart from what Queue-it published. */
export interface Drift {
  /** What Queue-it published since: its own to change. */
  readonly expected: readonly DriftChange[];
  /** What somebody changed, deleted or took away outside Terraform. */
  readonly found: readonly Finding[];
}

/** Separates what a refresh found, and says what undoes it. */
export function driftOf({ changes }: Review, spec: Owned): Drift {
  const all = changes.filter((change): change is DriftChange => change.kind === "drift");
  return {
    expected: all.filter(({ cause }) => cause === "published"),
    found: all
      .filter(({ cause }) => cause !== "published")
      .map((change) => ({ ...change, remedy: driftRemedy(change, spec) })),
  };
}
