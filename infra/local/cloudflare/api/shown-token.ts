import type { PermissionName } from "../../../cloudflare/permission-groups.ts";
import type { TokenResource } from "../../../cloudflare/token-resources.ts";
import type { LocalAccount } from "../account/account.ts";
import type { ApiToken, Zone } from "../account/model.ts";
import { allows } from "../account/token-access.ts";
import { USER_ID } from "./identity.ts";

/** The token that a request came with: the one that may do everything, or one with permissions of its own. */
export type ShownToken =
  { readonly kind: "all-powerful" } | { readonly kind: "scoped"; readonly token: ApiToken };

/** What the parts of the management API are given beside a request. */
export interface ApiEnv {
  Bindings: { readonly shown: ShownToken };
}

/** Whether a token has any of these permissions there. */
export function mayDo(shown: ShownToken, names: readonly PermissionName[], resource: TokenResource): boolean {
  return shown.kind === "all-powerful" || allows(shown.token.policies, names, resource);
}

export function accountResource({ id }: Pick<LocalAccount, "id">): TokenResource {
  return { kind: "account", accountId: id };
}

export function zoneResource(account: Pick<LocalAccount, "id">, { id }: Pick<Zone, "id">): TokenResource {
  return { kind: "zone", accountId: account.id, zoneId: id };
}

export const userResource: TokenResource = { kind: "user", userId: USER_ID };
