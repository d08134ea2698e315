import type { LocalAccount } from "../account/account.ts";

/** What every part of the management API works on. */
export interface ApiContext {
  readonly account: LocalAccount;
  /** Name of the account, for people. */
  readonly accountName: string;
}
