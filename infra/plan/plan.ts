import type { Secret } from "./secret.ts";
import type { PlanObject, PlanValue } from "./value.ts";

/** What a plan does with one object. */
export type Operation = "no-op" | "create" | "read" | "update" | "replace" | "delete" | "forget";

/** One object of a plan: before is what is there now, after is what the plan wants. */
export interface PlannedResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /**
   * Source of its provider, for example `registry.terraform.io/cloudflare/cloudflare`; undefined where it is
   * not said.
   */
  readonly provider: string | undefined;
  readonly operation: Operation;
  /** Undefined when there is nothing there. */
  readonly before: PlanObject | undefined;
  /** Undefined when nothing will be left. */
  readonly after: PlanObject | undefined;
  /** Whether a replacement makes the new object before it removes the old one. */
  readonly createsFirst: boolean;
  /** Why Terraform does it, in its own word, for example `delete_because_no_resource_config`. */
  readonly reason: string | undefined;
  readonly importedId: string | undefined;
  readonly previousAddress: string | undefined;
  /** Key of an old object that a failed replacement left over. */
  readonly deposed: string | undefined;
}

export interface PlannedOutput {
  readonly name: string;
  readonly operation: Operation;
  readonly before: PlanValue;
  readonly after: PlanValue;
}

/** A condition in the configuration that the plan could not fulfil. */
export interface FailedCheck {
  readonly address: string;
  readonly messages: readonly string[];
}

/** A plan without secrets in clear. */
export interface Plan {
  readonly formatVersion: string;
  readonly terraformVersion: string;
  /** Whether Terraform stopped at an error and the plan is only a part. */
  readonly errored: boolean;
  /** False when Terraform put off changes to a later plan. */
  readonly complete: boolean;
  /** False when Terraform would refuse to apply it, or when there is nothing to apply. */
  readonly applyable: boolean;
  /** Parts of the plan, by name, that are not known here. */
  readonly unknownParts: readonly string[];
  readonly resources: readonly PlannedResource[];
  /** Changes that were made outside Terraform, as its refresh found them. */
  readonly drift: readonly PlannedResource[];
  readonly outputs: readonly PlannedOutput[];
  readonly failedChecks: readonly FailedCheck[];
  /** Conditions that are only checked at the apply. */
  readonly openChecks: readonly string[];
  /** What the configuration says each attribute is, where it is a constant: by address, then attribute. */
  readonly constants: ReadonlyMap<string, PlanObject>;
  /** Names and other texts of the plan that are hidden where they stand, in an order of their own. */
  readonly hiddenTexts: readonly Secret[];
}
