import type { LocalAccount } from "../account/account.ts";
import type { Script } from "../account/model.ts";
import { apiRefusals } from "./api-errors.ts";
import { accountResource, mayDo, type ShownToken } from "./shown-token.ts";

/**
 * Lets a token upload a Worker with secrets of a Secrets Store only where it has the permission to deploy those. That
 * Workers Scripts alone is not enough is documented; the answer of the real API is not, and this is the usual one.
 *
 * @throws CloudflareError 10000.
 */
export function bindable(shown: ShownToken, account: LocalAccount): (script: Script) => Script {
  return (script) => {
    const hasStored = script.bindings.some(({ type }) => type === "secrets_store_secret");
    if (hasStored && !mayDo(shown, ["Secrets Store Write"], accountResource(account))) {
      throw apiRefusals.notAuthenticated();
    }
    return script;
  };
}
