import type { Sentence } from "../sentence.ts";

/** What happens to something, in the order of a report: what goes away comes first. */
export const EFFECTS = [
  "destroy",
  "replace",
  "forget",
  "update",
  "create",
  "import",
  "move",
  "drift",
  "untouched",
] as const;

export type Effect = (typeof EFFECTS)[number];

/** What a change is about, for those who read the JSON. */
export type Change = Readonly<{
  effect: Effect;
  /** Terraform's address of the object, or `output.<name>`. */
  address: string;
  /** What it means, in words. */
  sentence: Sentence;
  /** More of the same, one line each; shown on demand. */
  details: readonly Sentence[];
}> &
  Subject;

type Subject =
  | { readonly kind: "route"; readonly before: RouteFact | undefined; readonly after: RouteFact | undefined }
  | { readonly kind: "variable"; readonly name: string; readonly before: string; readonly after: string }
  | {
      readonly kind: "secret";
      readonly name: string;
      /** `uploaded`: given anew where nobody can tell whether its value is another one. */
      readonly event: "added" | "removed" | "rotated" | "moved" | "uploaded";
    }
  | { readonly kind: "binding"; readonly name: string }
  | { readonly kind: "bundle"; readonly before: string; readonly after: string }
  | { readonly kind: "setting"; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: "worker" }
  | { readonly kind: "namespace" }
  | { readonly kind: "configuration"; readonly lostActions: readonly string[] }
  | { readonly kind: "schedule" }
  | {
      readonly kind: "output";
      readonly name: string;
      /** Undefined where there is none. */
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  | {
      readonly kind: "drift";
      readonly cause: DriftCause;
      /** Terraform's type of the object, for example `cloudflare_workers_route`. */
      readonly type: string;
    }
  | { readonly kind: "other"; readonly type: string };

/**
 * Why something is not as it was deployed: Queue-it published (expected), or somebody deleted it, took
 * secrets away, edited it, added it, or switched it, and left a note.
 */
export const DRIFT_CAUSES = ["published", "deleted", "secret-lost", "edited", "added", "switched"] as const;

export type DriftCause = (typeof DRIFT_CAUSES)[number];

/** A route as far as it is known. */
export interface RouteFact {
  readonly kind: "protect" | "bypass";
  readonly pattern: string | undefined;
  /** The other Worker that a bypass goes to. */
  readonly worker?: string;
}
