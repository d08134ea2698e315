import type { LocalAccount } from "../cloudflare/account/account.ts";
import { type ResourceNode, isResource } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";
import { kindOf } from "./resources/table.ts";
import { type State, withResource } from "./state.ts";

export interface Imported {
  /** The state, with what the stack takes over in it. */
  readonly state: State;
  /** The provider's id of what this plan takes over, by address. */
  readonly ids: ReadonlyMap<string, string>;
  /** Why something cannot be taken over, in Terraform's words. */
  readonly failures: readonly string[];
}

/**
 * Takes over what the stack's import blocks name and the state does not have yet. A block whose address is in
 * the state has no effect, as in Terraform.
 */
export async function importInto(state: State, stack: Stack, account: LocalAccount): Promise<Imported> {
  const ids = new Map<string, string>();
  const failures: string[] = [];
  let next = state;
  for (const { to, id } of stack.imports) {
    const node = stack.nodes.find(
      (other): other is ResourceNode => isResource(other) && other.address === to,
    );
    if (node === undefined || state.resources.has(to)) continue;
    const { identify, read } = kindOf(node.type);
    const identity = identify(id);
    const values = identity && (await read(identity, account));
    if (values === undefined) {
      failures.push(noSuchObject(to, id));
      continue;
    }
    ids.set(to, id);
    next = withResource(next, { address: to, type: node.type, values, needs: node.needs });
  }
  return { state: next, ids, failures };
}

function noSuchObject(address: string, id: string): string {
  return (
    `Cannot import non-existent remote object: While attempting to import an existing object to "${address}", ` +
    `the provider detected that no object exists with the given id (${id}).`
  );
}
