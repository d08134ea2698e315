import type { LocalAccount } from "../account/account.ts";
import type { CloudflareError } from "../account/refusals.ts";
import { tokenState } from "../account/token-access.ts";
import { apiRefusals } from "./api-errors.ts";
import { type Demand, demandOf } from "./permission-table.ts";
import { mayDo, type ShownToken, userResource, zoneResource } from "./shown-token.ts";

/** A call by the route that answers it. */
export interface RoutedCall {
  readonly method: string;
  /** The route's path, parameters with their colons, without `API_BASE`. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Path whose answer is what a token is worth, and which every token may ask for. */
const VERIFY = /^\/(?:user|accounts\/:account)\/tokens\/verify$/;

/**
 * Makes sure that a token is valid and has a permission that the call needs, on what the call is about.
 *
 * @throws CloudflareError otherwise, in the words of that part of Cloudflare.
 */
export function requirePermission(
  shown: ShownToken,
  { method, path, parameters }: RoutedCall,
  account: LocalAccount,
): void {
  if (shown.kind === "all-powerful" || VERIFY.test(path)) return;
  const demand = demandOf(method, path);
  if (demand === undefined) throw new Error(`${method} ${path} has no entry among the permissions.`);
  const isValid = tokenState(shown.token, new Date()) === "active";
  if (!isValid || !isMet(demand, shown, parameters, account)) throw refusalAt(path, shown.token.id);
}

function isMet(
  { any, on }: Demand,
  shown: ShownToken,
  { account: accountId = "", zone: zoneId = "" }: RoutedCall["parameters"],
  account: LocalAccount,
): boolean {
  if (any.length === 0) return true;
  const onZone = (zone: { readonly id: string }) => mayDo(shown, any, zoneResource(account, zone));
  switch (on) {
    case "account":
      return mayDo(shown, any, { kind: "account", accountId });
    case "zone":
      return onZone({ id: zoneId });
    case "user":
      return mayDo(shown, any, userResource);
    case "some-zone":
      return account.zones.some(onZone);
    case "every-zone":
      return account.zones.every(onZone);
  }
}

/** Cloudflare's products, each in its own words; for the rest the gateway speaks. */
function refusalAt(path: string, tokenId: string): CloudflareError {
  if (path === "/zones") return apiRefusals.zonesNotListed(tokenId);
  return /\/(?:workers|storage|secrets_store|dns_records|subscriptions)(?:\/|$)/.test(path)
    ? apiRefusals.notAuthenticated()
    : apiRefusals.notAuthorized();
}
