import { ZodError } from "zod";
import type { ApplyOutcome } from "../../terraform/stack.ts";
import { UserError } from "../../errors/user-error.ts";
import { inOrder } from "./order.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";
import { resolve } from "./expression.ts";
import { lookUpIn, readData } from "./look-up.ts";
import type { OpenedStack } from "./opened-stack.ts";
import { outputsOf } from "./plan-outputs.ts";
import { type ResourceChange, deletes, wantedValues } from "./plan-resource.ts";
import type { StackPlan } from "./plan-stack.ts";
import { type StackNode, isResource } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";
import { kindOf } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";
import { issuesOf } from "./stack-error.ts";
import { type State, withResource, withoutResource } from "./state.ts";

export interface ApplyInput extends Pick<
  OpenedStack,
  "stack" | "account" | "readFile" | "interfere" | "keep"
> {
  readonly plan: StackPlan;
  /** The state that was planned on, as the account is now. */
  readonly state: State;
}

/**
 * Does what a plan says: deletions first, in reverse order of need, then the rest in order. It stops at an
 * error.
 */
export async function applyPlan(input: ApplyInput): Promise<ApplyOutcome> {
  const { plan, stack, account, keep } = input;
  let { state } = input;
  const known = new Map<string, Values>();
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  let current = "";
  try {
    for (const { address, type, values } of inOrder([...state.resources.values()]).toReversed()) {
      const change = changes.get(address);
      if (change === undefined || !deletes(change)) continue;
      current = address;
      await kindOf(type).delete(values, account);
      keep((state = withoutResource(state, address)));
    }
    for (const node of plan.mode === "apply" ? inOrder(stack.nodes) : []) {
      const { address, needs } = node;
      current = address;
      const values = await applyNode(node, changes.get(address), known, input);
      known.set(address, values);
      if (isResource(node)) keep((state = withResource(state, { address, type: node.type, values, needs })));
    }
  } catch (error) {
    if (plan.mode === "apply") keep({ ...state, outputs: outputsAfter(stack, known, state) });
    return { ok: false, reason: describe(current, error) };
  }
  switch (plan.mode) {
    case "apply":
      keep({ ...state, outputs: outputsAfter(stack, known, state) });
      break;
    case "refresh-only":
      keep({ ...state, outputs: outputsAfter(stack, valuesIn(state), state) });
      break;
    case "destroy":
      keep({ ...state, outputs: new Map() });
  }
  return { ok: true };
}

/** Brings one resource or look-up about, and gives what it is then. */
async function applyNode(
  node: StackNode,
  change: ResourceChange | undefined,
  known: ReadonlyMap<string, Values>,
  { stack, state, account, readFile, interfere }: ApplyInput,
): Promise<Values> {
  const { address } = node;
  const attributes = resolve(node.attributes, lookUpIn(stack, known, address)) as Values;
  if (!isResource(node)) return readData(node, attributes, account);
  if (change === undefined) throw new Error(`The plan says nothing about ${address}.`);
  const existing = deletes(change) ? undefined : state.resources.get(address)?.values;
  if (existing !== undefined && change.actions[0] === "no-op") return existing;

  const wanted = wantedValues(node, attributes, existing);
  const existingId = existing && String(existing["id"]);
  const kind = kindOf(node.type);
  const id = await kind.apply(wanted, { account, readFile, existingId });
  await interfere?.(address);
  const values = { ...wanted, id };
  return (await kind.read(values, account)) ?? values;
}

/** Outputs as far as what they need was brought about; the others stay as they were. */
function outputsAfter(stack: Stack, known: ReadonlyMap<string, Values>, state: State): State["outputs"] {
  const missing = stack.nodes.map(({ address }) => address).filter((address) => !known.has(address));
  return outputsOf(stack, known, new Set(missing), state);
}

function valuesIn({ resources }: State): ReadonlyMap<string, Values> {
  return new Map([...resources].map(([address, { values }]) => [address, values]));
}

function describe(address: string, error: unknown): string {
  if (error instanceof CloudflareError) {
    return `${address}: Cloudflare refused this with code ${error.code}: ${error.message}`;
  }
  if (error instanceof ZodError) return issuesOf(address, error).join("; ");
  if (error instanceof UserError) return error.message;
  return `${address}: ${error instanceof Error ? error.message : String(error)}`;
}
