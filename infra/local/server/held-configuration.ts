import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";

/** The text that an environment's Worker has as its integration configuration; empty without one. */
export async function heldConfiguration(account: LocalAccount, spec: ConnectorSpec): Promise<string> {
  const namespace = account.namespaces.find(({ title }) => title === spec.namespace.title);
  if (namespace === undefined) return "";
  try {
    return new TextDecoder().decode((await account.getValue(namespace.id, CONFIGURATION_KEY)).bytes);
  } catch (error) {
    if (error instanceof CloudflareError) return "";
    throw error;
  }
}
