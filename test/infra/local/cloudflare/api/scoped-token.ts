import { permissionGroup, type PermissionName } from "../../../../../infra/cloudflare/permission-groups.ts";
import { issueTokens } from "../../../../../infra/local/server/issued-tokens.ts";
import type { TokenResources } from "../../../../../infra/cloudflare/token-resources.ts";
import { ACCOUNT_ID, ZONE } from "../worker-sources.ts";
import type { Answer, bareApi } from "./bare-api.ts";

export const ON_ACCOUNT: TokenResources = { [`com.cloudflare.api.account.${ACCOUNT_ID}`]: "*" };
export const ON_ZONE: TokenResources = { [`com.cloudflare.api.account.zone.${ZONE.id}`]: "*" };

type Bare = ReturnType<typeof bareApi>;

/** A policy as a client writes it. */
export function policy(
  resources: TokenResources,
  names: readonly PermissionName[],
  effect: "allow" | "deny" = "allow",
) {
  return { effect, resources, permission_groups: names.map((name) => ({ id: permissionGroup(name).id })) };
}

/** Makes a token through the API, as a client does, and returns its id and value. */
export async function createToken(
  api: Bare,
  settings: { readonly policies: readonly unknown[] } & Readonly<Record<string, unknown>>,
  path = "/user/tokens",
): Promise<{ readonly id: string; readonly value: string }> {
  const { result } = await api.call("POST", path, { name: "of a test", ...settings });
  return result as { readonly id: string; readonly value: string };
}

/** Calls with another token than the all-powerful one. */
export function callsWith(api: Bare, value: string) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await api.ask(method, path, body === undefined ? undefined : JSON.stringify(body), {
      authorization: `Bearer ${value}`,
    });
    const { errors, result } = (await response.json()) as {
      readonly errors: readonly { readonly code: number; readonly message: string }[];
      readonly result: unknown;
    };
    const [first] = errors;
    return { status: response.status, code: first?.code, message: first?.message ?? "", result };
  };
}

/** Calls with a token that has these permissions on everything. */
export async function callsWithPermissions(api: Bare, ...permissions: readonly PermissionName[]) {
  const { test = "" } = await issueTokens(api.account, [{ name: "test", permissions }]);
  return callsWith(api, test);
}
