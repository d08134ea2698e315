import type { PlanMode } from "../../terraform/stack.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { inOrder } from "./order.ts";
import { resolve } from "./expression.ts";
import { lookUpIn, readData } from "./look-up.ts";
import { type ResourceNode, isResource } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";
import { noRemoteState, remoteStateValues } from "./resources/data-remote-state.ts";
import type { Values } from "./resources/values.ts";
import { type Check, check } from "./conditions.ts";
import { type OutputChange, outputChanges, outputsOf } from "./plan-outputs.ts";
import { type ResourceChange, deletes, planDeletion, planResource } from "./plan-resource.ts";
import { type State, outputValues } from "./state.ts";

export interface PlanInput {
  readonly stack: Stack;
  /** The state as the account is now. */
  readonly state: State;
  readonly account: LocalAccount;
  /** State of the environment that the stack reads the outputs of; undefined where there is none. */
  readonly remoteState: State | undefined;
}

/** What has to be done so that the account has what the stack says. */
export interface StackPlan {
  readonly mode: PlanMode;
  readonly changes: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly Check[];
  /**
   * Why it cannot be applied, in Terraform's words. What an error stands in the way of is left out of the
   * changes.
   */
  readonly failures: readonly string[];
}

/**
 * @throws UserError `local-stack` when the stack asks for something that the local Cloudflare does not know.
 */
export function planStack(mode: PlanMode, input: PlanInput): StackPlan {
  const checks = variableChecks(input.stack);
  const failures = checks.flatMap(({ problems }) =>
    problems.map((problem) => `Invalid value for variable: ${problem}`),
  );
  const plan = { mode, changes: [], outputs: [], checks, failures };
  switch (mode) {
    case "apply":
      return planApply(plan, input);
    case "destroy":
      return planDestroy(plan, input);
    case "refresh-only":
      return planRefresh(plan, input);
  }
}

function planApply(plan: StackPlan, { stack, state, account, remoteState }: PlanInput): StackPlan {
  const changes: ResourceChange[] = [];
  const checks = [...plan.checks];
  const failures = [...plan.failures];
  const known = new Map<string, Values>();
  for (const [address, defaults] of stack.remoteStates) {
    if (remoteState === undefined) failures.push(noRemoteState(address));
    else known.set(address, remoteStateValues(defaults, outputValues(remoteState)));
  }
  const isRemoteMissing = stack.remoteStates.size > 0 && remoteState === undefined;

  const missing = new Set<string>();
  for (const node of inOrder(stack.nodes)) {
    const { address } = node;
    if (node.needs.some((need) => missing.has(need))) {
      missing.add(address);
      continue;
    }
    const lookUp = lookUpIn(stack, known, address);
    const attributes = resolve(node.attributes, lookUp) as Values;
    if (!isResource(node)) {
      known.set(address, readData(node, attributes, account));
      continue;
    }
    const { lifecycle } = node;
    if (lifecycle.preconditions.length > 0) {
      const checked: Check = isRemoteMissing
        ? { kind: "resource", address, status: "unknown", problems: [] }
        : check("resource", address, lifecycle.preconditions, lookUp);
      checks.push(checked);
      failures.push(...checked.problems.map((problem) => `Resource precondition failed: ${problem}`));
      if (checked.status !== "pass") missing.add(address);
    }
    const change = planResource(node, attributes, state.resources.get(address));
    if (deletes(change) && lifecycle.preventDestroy) {
      failures.push(cannotBeDestroyed(address));
      missing.add(address);
    }
    if (missing.has(address)) continue;
    changes.push(change);
    known.set(address, change.after ?? {});
  }
  const outputs = outputChanges(state, outputsOf(stack, known, missing, state));
  return { ...plan, changes: [...changes, ...leftOver(stack, state)], outputs, checks, failures };
}

/** Deletions of what is no longer in the stack. */
function leftOver({ nodes }: Stack, { resources }: State): readonly ResourceChange[] {
  const addresses = new Set(nodes.map(({ address }) => address));
  return [...resources.values()]
    .filter(({ address }) => !addresses.has(address))
    .map((resource) => planDeletion(resource, "delete_because_no_resource_config"));
}

function planDestroy(plan: StackPlan, { stack, state }: PlanInput): StackPlan {
  const isProtected = ({ address, lifecycle }: ResourceNode): boolean =>
    lifecycle.preventDestroy && state.resources.has(address);
  const guarded = new Set(
    stack.nodes
      .filter(isResource)
      .filter(isProtected)
      .map(({ address }) => address),
  );
  const gone = [...state.resources.values()].filter(({ address }) => !guarded.has(address));
  return {
    ...plan,
    changes: gone.map((resource) => planDeletion(resource)),
    outputs: outputChanges(state, new Map()),
    failures: [...plan.failures, ...[...guarded].map(cannotBeDestroyed)],
  };
}

function planRefresh(plan: StackPlan, { stack, state }: PlanInput): StackPlan {
  const known = new Map([...state.resources].map(([address, { values }]) => [address, values]));
  const missing = new Set(stack.nodes.map(({ address }) => address).filter((address) => !known.has(address)));
  return { ...plan, outputs: outputChanges(state, outputsOf(stack, known, missing, state)) };
}

function variableChecks(stack: Stack): readonly Check[] {
  return stack.variables
    .filter(({ validations }) => validations.length > 0)
    .map(({ name, validations }) => {
      const address = `var.${name}`;
      return check("var", address, validations, lookUpIn(stack, new Map(), address));
    });
}

function cannotBeDestroyed(address: string): string {
  return (
    `Instance cannot be destroyed: Resource ${address} has lifecycle.prevent_destroy set, but the plan calls ` +
    `for this resource to be destroyed.`
  );
}
