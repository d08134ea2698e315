import { isDeepStrictEqual } from "node:util";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { kindOf } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";
import type { HeldResource, State } from "./state.ts";

/** A resource that was changed or deleted outside the stack. */
export interface Drift {
  readonly resource: HeldResource;
  /** Undefined when it is gone. */
  readonly now: Values | undefined;
}

export interface Refreshed {
  /** The state as the account is now. */
  readonly state: State;
  readonly drift: readonly Drift[];
}

/** Compares a state with what the account has. */
export async function refresh(state: State, account: LocalAccount): Promise<Refreshed> {
  const resources = new Map<string, HeldResource>();
  const drift: Drift[] = [];
  for (const [address, resource] of state.resources) {
    const now = await kindOf(resource.type).read(resource.values, account);
    if (!isDeepStrictEqual(now, resource.values)) drift.push({ resource, now });
    if (now !== undefined) resources.set(address, { ...resource, values: now });
  }
  return { state: { ...state, resources }, drift };
}
