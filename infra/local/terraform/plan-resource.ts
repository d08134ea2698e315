import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../plan/value.ts";
import type { ResourceNode } from "./read-node.ts";
import { type ResourceType, kindOf } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";
import type { HeldResource } from "./state.ts";

type Action = "no-op" | "create" | "update" | "delete";

/** What a plan does with one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly type: ResourceType;
  readonly actions: readonly [Action] | readonly ["delete", "create"];
  /** Why, in Terraform's own word. */
  readonly reason?: string;
  readonly before: Values | undefined;
  /** May hold what is not known yet. */
  readonly after: Values | undefined;
  /** Attributes that cannot be changed in place. */
  readonly replacedFor?: readonly string[];
}

/**
 * What the stack wants a resource to be. What it ignores stays as it is.
 *
 * @param attributes The node's attributes, its references resolved.
 * @param before Attributes of the one that is there; undefined where a new one is made.
 */
export function wantedValues(
  { lifecycle }: Pick<ResourceNode, "lifecycle">,
  attributes: Values,
  before: Values = {},
): Values {
  return { ...attributes, ...pick(before, lifecycle.ignoreChanges) };
}

/** What has to be done for a resource of the stack. */
export function planResource(
  node: ResourceNode,
  attributes: Values,
  held: HeldResource | undefined,
): ResourceChange {
  const { address, type } = node;
  const before = held?.values;
  if (before === undefined) {
    return { address, type, actions: ["create"], before, after: { ...attributes, id: UNKNOWN } };
  }
  const { kept, replacing } = kindOf(type);
  const silent = pick(before, [...kept, "id"]);
  const wanted = wantedValues(node, attributes, before);
  const changed = differing(before, { ...silent, ...wanted });
  if (changed.length === 0) return { address, type, actions: ["no-op"], before, after: before };
  const replacedFor = changed.filter((name) => replacing.includes(name));
  if (replacedFor.length === 0) {
    const after = { ...mapValues(silent, UNKNOWN), ...wanted, id: before["id"] };
    return { address, type, actions: ["update"], before, after };
  }
  return {
    address,
    type,
    actions: ["delete", "create"],
    reason: "replace_because_cannot_update",
    replacedFor,
    before,
    // What it ignores of the old one does not carry over to a new one.
    after: { ...attributes, id: UNKNOWN },
  };
}

/** What becomes of a resource that is to go. */
export function planDeletion({ address, type, values }: HeldResource, reason?: string): ResourceChange {
  return {
    address,
    type,
    actions: ["delete"],
    ...(reason !== undefined && { reason }),
    before: values,
    after: undefined,
  };
}

/** Whether the object that is there goes away. */
export function deletes({ actions }: ResourceChange): boolean {
  return actions[0] === "delete";
}

function differing(before: Values, after: Values): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null));
}

function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function mapValues(values: Values, value: unknown): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, value]));
}
