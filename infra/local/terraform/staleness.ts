import { isDeepStrictEqual } from "node:util";
import { isResource } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";
import { deletes } from "./plan-resource.ts";
import type { StackPlan } from "./plan-stack.ts";
import type { Values } from "./resources/values.ts";
import type { State } from "./state.ts";

/**
 * Whether something that a plan builds upon is no longer as it was when the plan was made. What the stack
 * leaves to others may change at any time, and so may the contents of what is to be deleted.
 *
 * @param then The refreshed state that was planned on.
 * @param now The same state, refreshed again.
 */
export function hasMoved({ changes }: StackPlan, { nodes }: Stack, then: State, now: State): boolean {
  if (then.resources.size !== now.resources.size) return true;
  const deleted = new Set(changes.filter(deletes).map(({ address }) => address));
  const ignored = new Map(
    nodes.filter(isResource).map(({ address, lifecycle }) => [address, lifecycle.ignoreChanges]),
  );
  return [...then.resources].some(([address, { values }]) => {
    const current = now.resources.get(address)?.values;
    if (current === undefined) return true;
    const names = ignored.get(address) ?? [];
    return !deleted.has(address) && !isDeepStrictEqual(without(values, names), without(current, names));
  });
}

function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
