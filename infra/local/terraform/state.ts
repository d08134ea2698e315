import type { ResourceType } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";

/** A resource as the last apply or refresh left it. */
export interface HeldResource {
  /** As Terraform writes it: `type.name`. */
  readonly address: string;
  readonly type: ResourceType;
  /** Its attributes, and `id`. */
  readonly values: Values;
  /** Addresses of what it needed when it was made. */
  readonly needs: readonly string[];
}

export interface HeldOutput {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/**
 * What is known of an environment's deployment, as Terraform's state is. It never changes: a change makes a
 * new one.
 */
export interface State {
  readonly resources: ReadonlyMap<string, HeldResource>;
  readonly outputs: ReadonlyMap<string, HeldOutput>;
}

export const NOTHING_DEPLOYED: State = { resources: new Map(), outputs: new Map() };

/** The state with a resource in it. */
export function withResource(state: State, resource: HeldResource): State {
  return { ...state, resources: new Map(state.resources).set(resource.address, resource) };
}

/** The state without the resource at an address. */
export function withoutResource(state: State, address: string): State {
  return { ...state, resources: new Map([...state.resources].filter(([other]) => other !== address)) };
}

/** Values of a state's outputs, by name. */
export function outputValues({ outputs }: State): Values {
  return Object.fromEntries([...outputs].map(([name, { value }]) => [name, value]));
}
