import { PROJECT_ROOT } from "../../bundle.ts";
import type { ApplyOutcome, OpenStack, PlanMode, PlannedStack, Stack } from "../../engine/engine.ts";
import type { LocalAccount } from "../cloudflare/account.ts";
import { readStack } from "../cloudflare/terraform-stack.ts";
import { applyPlan } from "./apply-plan.ts";
import { planJson } from "./plan-json.ts";
import { planStack } from "./plan-stack.ts";
import { withoutSecrets } from "./redaction.ts";
import { refresh } from "./refresh.ts";
import { hasMoved } from "./staleness.ts";
import { NOTHING_DEPLOYED, type State, outputValues } from "./state.ts";
import { readSynthesized } from "./synthesized.ts";

export interface LocalStacksOptions {
  readonly account: LocalAccount;
  /** Values of the stacks' variables, by name without `TF_VAR_`. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Absolute folder that local state paths are relative to.
   * @default the folder of this project
   */
  readonly projectRoot?: string;
  /**
   * Called after every apply that began, also one that failed: the account may have changed.
   * @default nothing
   */
  readonly afterApply?: () => Promise<void>;
  /**
   * For tests. Called with a resource's address after it was made or changed, and before the state knows; what it
   * throws is reported as the provider's error. The real provider is known to fail after an upload that succeeded.
   * @default nothing
   */
  readonly interfere?: (address: string) => void | Promise<void>;
}

/**
 * Plans and applies stacks on the local Cloudflare, without Terraform and by its rules, from the JSON that Terraform
 * would get. The states of its environments are in memory, and gone with it.
 */
export function localStacks(options: LocalStacksOptions): OpenStack {
  const { account, variables, projectRoot = PROJECT_ROOT, afterApply, interfere } = options;
  const states = new Map<string, State>();
  return async (spec, { destroyable = false } = {}): Promise<Stack> => {
    const { environment, promotedFrom } = spec;
    const { json, readFile } = await readSynthesized(spec, { projectRoot, destroyable });
    const stack = readStack(json, variables);
    const held = (): State => states.get(environment) ?? NOTHING_DEPLOYED;

    const plan = async (mode: PlanMode): Promise<PlannedStack> => {
      const plannedOn = held();
      const { state, drift } = await refresh(plannedOn, account);
      const remoteState = promotedFrom && states.get(promotedFrom.environment);
      const planned = planStack(mode, { stack, state, account, remoteState });
      const failure =
        planned.failures.length === 0 ? undefined : withoutSecrets(planned.failures.join(" "), stack);
      let isDiscarded = false;

      const apply = async (): Promise<ApplyOutcome> => {
        if (isDiscarded) return { ok: false, reason: "The plan was discarded. Plan again." };
        if (failure !== undefined) return { ok: false, reason: failure };
        const now = await refresh(plannedOn, account);
        if (held() !== plannedOn || hasMoved(planned, stack, state, now.state)) {
          return {
            ok: false,
            reason: "Saved plan is stale: what it was made from has changed since. Plan again.",
          };
        }
        try {
          const keep = (next: State): void => void states.set(environment, next);
          // What the refresh found out is kept, even where nothing is to be done.
          keep(state);
          const outcome = await applyPlan({
            stack,
            plan: planned,
            state,
            account,
            readFile,
            interfere,
            keep,
          });
          return outcome.ok ? outcome : { ok: false, reason: withoutSecrets(outcome.reason, stack) };
        } finally {
          await afterApply?.();
        }
      };
      return {
        json: planJson({ stack, plan: planned, state, drift }),
        failure,
        apply,
        discard: () => {
          isDiscarded = true;
          return Promise.resolve();
        },
      };
    };
    return { plan, outputs: () => Promise.resolve(outputValues(held())) };
  };
}
