import type { Review } from "../review.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { Finding } from "./finding.ts";
import { switchFindings } from "./switch-findings.ts";
import { type DriftChange, driftRemedy, type Owned } from "./remedy.ts";

/** What is not as it was deployed, apart from what Queue-it published. */
export interface Drift {
  /** What Queue-it published since: its own to change. */
  readonly expected: readonly DriftChange[];
  /** What somebody changed, deleted or took away outside Terraform. */
  readonly found: readonly Finding[];
}

/** Separates what a refresh found, and says what undoes it. */
export function driftOf({ changes }: Review, spec: Owned & Pick<ConnectorSpec, "switches">): Drift {
  const all = changes.filter((change): change is DriftChange => change.kind === "drift");
  return {
    expected: all.filter(({ cause }) => cause === "published"),
    found: [
      ...switchFindings(spec),
      ...all
        // The note says it once for all of its routes.
        .filter(({ cause }) => cause !== "published" && cause !== "switched")
        .map((change) => ({ ...change, remedy: driftRemedy(change, spec) })),
    ],
  };
}
