import type { ConnectorSpec } from "../specification/specification.ts";
import type { Interruption } from "../console/interruption.ts";

/** What a plan is for: to deploy, to take down, or only to see what was changed outside. */
export type PlanMode = "apply" | "destroy" | "refresh-only";

export interface PlanOptions {
  /**
   * Whether the plan is only to be read, and never applied: the state is then not locked, so that credentials
   * which may not write are enough and nobody has to wait.
   * @default false
   */
  readonly readOnly?: boolean;
}

export interface OpenOptions {
  /**
   * Whether the KV namespace may be destroyed.
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * Synthesizes the stack of a specification and makes it ready to be planned.
 *
 * @throws UserError when what plans it is missing or refuses the stack.
 */
export type OpenStack = (spec: ConnectorSpec, options?: OpenOptions) => Promise<Stack>;

/**
 * The stack of one environment and its state, as Terraform or the local Cloudflare's own deployer handles it.
 */
export interface Stack {
  /** @throws UserError when there is nothing at all that could be reported of the plan. */
  readonly plan: (mode: PlanMode, options?: PlanOptions) => Promise<PlannedStack>;
  /** Outputs of the state, by name; empty where nothing was deployed. */
  readonly outputs: () => Promise<Readonly<Record<string, unknown>>>;
}

/** One plan, held until it is applied or discarded. */
export interface PlannedStack {
  /**
   * The plan as `terraform show -json` prints it. It holds every secret in clear: review it, never write it
   * down.
   */
  readonly json: string;
  /** Why the plan stopped, in the planner's words without secrets; it cannot be applied then. */
  readonly failure: string | undefined;
  /**
   * Applies exactly this plan.
   *
   * @throws UserError when the state is locked, or was changed since: nothing is done then.
   */
  readonly apply: () => Promise<ApplyOutcome>;
  /** Removes what is kept of the plan, secrets among it. Safe to call twice, and after `apply`. */
  readonly discard: () => Promise<void>;
}

export type ApplyOutcome =
  | {
      readonly ok: true;
      /** All of it was done, although this process was asked to end meanwhile. */
      readonly interruptedBy?: Interruption | undefined;
    }
  | {
      readonly ok: false;
      /** What the planner said, without secrets. */
      readonly reason: string;
      /** Set where it did not come to its own end. */
      readonly brokenOff?: BrokenOff | undefined;
      /** Set where the state could not be written to its place: where it is, and what to do. */
      readonly unsavedState?: string | undefined;
    };

/** How far an apply came that was asked to stop, or killed. Terraform's addresses. */
export interface BrokenOff {
  /** How this process was asked to end. */
  readonly by: Interruption | undefined;
  /** The signal from elsewhere that ended the planner: it did not come to write its state. */
  readonly killedBy: string | undefined;
  readonly done: readonly string[];
  /** Begun, and not known to be done. */
  readonly unfinished: readonly string[];
}
