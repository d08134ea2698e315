import {
  PERMISSION_GROUPS,
  type PermissionName,
  type PermissionScope,
} from "../../cloudflare/permission-groups.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { ACCOUNT, ZONE } from "../../cloudflare/token-resources.ts";
import { USER_ID } from "../cloudflare/api/identity.ts";

/** A token that somebody wants for a run. */
export interface WantedToken {
  /** Unique among them. */
  readonly name: string;
  readonly permissions: readonly PermissionName[];
}

/**
 * Makes tokens with these permissions, each on the account, all of its zones and its user. One of the same name, from
 * an earlier run, is replaced: its value is nowhere to be read.
 *
 * @returns Their values by name.
 */
export async function issueTokens(
  account: LocalAccount,
  wanted: readonly WantedToken[],
): Promise<Readonly<Record<string, string>>> {
  if (wanted.length === 0) return {};
  return account.changeTokens((tokens) => {
    const names = new Set(wanted.map(({ name }) => name));
    for (const { id, owner, name } of tokens.all) if (names.has(name)) tokens.delete(owner, id);
    const issued = wanted.map(({ name, permissions }) => {
      const policies = (["account", "zone", "user"] as const).flatMap((scope) =>
        policyOf(scope, permissions, account.id),
      );
      return [name, tokens.create("user", { name, policies }).value] as const;
    });
    return Object.fromEntries(issued);
  });
}

function policyOf(scope: PermissionScope, names: readonly PermissionName[], accountId: string) {
  const permissions = PERMISSION_GROUPS.filter(
    (group) => group.scope === scope && names.includes(group.name),
  ).map(({ id }) => id);
  return permissions.length === 0
    ? []
    : [{ effect: "allow" as const, permissions, resources: resourcesOf(scope, accountId) }];
}

function resourcesOf(scope: PermissionScope, accountId: string) {
  switch (scope) {
    case "account":
      return { [`${ACCOUNT}.${accountId}`]: "*" };
    case "zone":
      return { [`${ACCOUNT}.${accountId}`]: { [`${ZONE}.*`]: "*" } };
    case "user":
      return { [`com.cloudflare.api.user.${USER_ID}`]: "*" };
  }
}
