import { type PermissionName, permissionGroup } from "../../../cloudflare/permission-groups.ts";
import type { ApiToken, TokenPolicy, TokenResources } from "./model.ts";

/** What a permission is wanted on. */
export type TokenResource =
  | { readonly kind: "account"; readonly accountId: string }
  | { readonly kind: "zone"; readonly accountId: string; readonly zoneId: string }
  | { readonly kind: "user"; readonly userId: string };

const USER = "com.cloudflare.api.user";
export const ACCOUNT = "com.cloudflare.api.account";
export const ZONE = `${ACCOUNT}.zone`;

/** Whether any of the permissions is allowed on the resource, and not denied there as well. */
export function allows(
  policies: readonly Pick<TokenPolicy, "effect" | "permissions" | "resources">[],
  names: readonly PermissionName[],
  resource: TokenResource,
): boolean {
  const has = (effect: TokenPolicy["effect"], id: string) =>
    policies.some(
      (policy) =>
        policy.effect === effect && policy.permissions.includes(id) && reaches(policy.resources, resource),
    );
  return names.map((name) => permissionGroup(name).id).some((id) => has("allow", id) && !has("deny", id));
}

/** Whether resources as a policy names them have this one among them. */
export function reaches(resources: TokenResources, resource: TokenResource): boolean {
  const isWhole = (key: string) => resources[key] === "*";
  switch (resource.kind) {
    case "user":
      return isWhole(`${USER}.${resource.userId}`) || isWhole(`${USER}.*`);
    case "account":
      return isWhole(`${ACCOUNT}.${resource.accountId}`) || isWhole(`${ACCOUNT}.*`);
    case "zone": {
      const keys = [`${ZONE}.${resource.zoneId}`, `${ZONE}.*`];
      if (keys.some(isWhole)) return true;
      return [`${ACCOUNT}.${resource.accountId}`, `${ACCOUNT}.*`].some((account) => {
        const within = resources[account];
        return typeof within === "object" && keys.some((key) => within[key] === "*");
      });
    }
  }
}

/** What a token is worth at a moment. */
export function tokenState(
  { status, notBefore, expiresOn }: Pick<ApiToken, "status" | "notBefore" | "expiresOn">,
  now: Date,
): "active" | "disabled" | "expired" | "not-yet" {
  if (status === "disabled") return "disabled";
  if (expiresOn !== undefined && now >= new Date(expiresOn)) return "expired";
  return notBefore !== undefined && now < new Date(notBefore) ? "not-yet" : "active";
}
