import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Plans that the real Terraform 1.11.4 and provider 5.14.0 made. */
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
