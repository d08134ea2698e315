import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Plans that the real Terraform 1.11.4 made, with provider 5.14.0; `condition-failed`, which stopped at an
 * error, with Terraform's built-in resources alone.
 */
export const RECORDED = [
  "create",
  "noop",
  "update-script",
  "change-variable",
  "route-removed",
  "namespace-renamed",
  "secret-rotated",
  "config-owned-by-file",
  "drift-route-deleted",
  "destroy",
  "condition-failed",
] as const;

export type Recorded = (typeof RECORDED)[number];

/** Values that are secret in the recorded plans. */
export const RECORDED_SECRETS = ["first-secret", "second-secret"] as const;

const FOLDER = fileURLToPath(new URL("../../fixtures/plans/", import.meta.url));

/** Path of a file beside the recorded plans. */
export function planPath(file: string): string {
  return FOLDER + file;
}

/** The text of a recorded plan. */
export function recordedPlan(name: Recorded): string {
  return readFileSync(planPath(`${name}.json`), "utf8");
}
