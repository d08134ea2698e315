import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { Stack } from "./read-stack.ts";
import type { State } from "./state.ts";

/** A stack that was read, and everything around it that a plan needs. */
export interface OpenedStack {
  readonly stack: Stack;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly account: LocalAccount;
  /** The environment's state at this moment. */
  readonly held: () => State;
  readonly keep: (state: State) => void;
  /** State of the environment that this one is promoted from, at this moment. */
  readonly remoteState: () => State | undefined;
  readonly interfere: ((address: string) => void | Promise<void>) | undefined;
  readonly afterApply: (() => Promise<void>) | undefined;
}
