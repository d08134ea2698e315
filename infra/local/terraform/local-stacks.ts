import { projectRoot } from "../../files/project-root.ts";
import type { OpenStack } from "../../terraform/stack.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { readStack } from "./read-stack.ts";
import { holdPlan } from "./held-plan.ts";
import type { OpenedStack } from "./opened-stack.ts";
import { NOTHING_DEPLOYED, type State, outputValues } from "./state.ts";
import { readSynthesized } from "./synthesized.ts";

export interface LocalStacksOptions {
  readonly account: LocalAccount;
  /** Values of the stacks' variables, by name without `TF_VAR_`. They are read whenever a stack is opened. */
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
   * For tests. Called with a resource's address after it was made or changed, and before the state knows;
   * what it throws is reported as the provider's error. The real provider is known to fail after an upload
   * that succeeded.
   * @default nothing
   */
  readonly interfere?: (address: string) => void | Promise<void>;
}

/**
 * Plans and applies stacks on the local Cloudflare, without Terraform and by its rules, from the JSON that
 * Terraform would get. The states of its environments are in memory, and gone with it.
 */
export function localStacks(options: LocalStacksOptions): OpenStack {
  const { account, variables, afterApply, interfere } = options;
  const root = options.projectRoot ?? projectRoot();
  const states = new Map<string, State>();
  return async (spec, { destroyable = false } = {}) => {
    const { environment, promotedFrom } = spec;
    const { json, readFile } = await readSynthesized(spec, { projectRoot: root, destroyable });
    const held = (): State => states.get(environment) ?? NOTHING_DEPLOYED;
    const opened: OpenedStack = {
      stack: readStack(json, variables),
      readFile,
      account,
      held,
      keep: (state) => void states.set(environment, state),
      remoteState: () => promotedFrom && states.get(promotedFrom.environment),
      interfere,
      afterApply,
    };
    return {
      plan: (mode) => holdPlan(mode, opened),
      outputs: () => Promise.resolve(outputValues(held())),
    };
  };
}
