import { type PermissionName, permissionGroup } from "../../../cloudflare/permission-groups.ts";
import { reaches, type TokenResource } from "../../../cloudflare/token-resources.ts";
import type { ApiToken, TokenPolicy } from "./model.ts";

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

/** What a token is worth at a moment. */
export function tokenState(
  { status, notBefore, expiresOn }: Pick<ApiToken, "status" | "notBefore" | "expiresOn">,
  now: Date,
): "active" | "disabled" | "expired" | "not-yet" {
  if (status === "disabled") return "disabled";
  if (expiresOn !== undefined && now >= new Date(expiresOn)) return "expired";
  return notBefore !== undefined && now < new Date(notBefore) ? "not-yet" : "active";
}
