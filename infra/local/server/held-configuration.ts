import { checkConfiguration } from "../../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../../worker/integration-configuration.ts";
import { CONFIGURATION_KEY } from "../../../worker/variables.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";
import type { Target } from "../../specification/target.ts";

/**
 * The newest integration configuration that the environments hold from an earlier run, so that Queue-it goes on with
 * it; undefined when none has one with actions.
 */
export async function heldConfiguration(
  account: LocalAccount,
  environments: readonly Target[],
): Promise<IntegrationConfiguration | undefined> {
  let newest: IntegrationConfiguration | undefined;
  for (const { spec } of environments) {
    const namespace = account.namespaces.find(({ title }) => title === spec.namespace.title);
    if (namespace === undefined) continue;
    const configuration = readConfiguration(await textOf(account, namespace.id));
    if (configuration !== undefined && configuration.Version > (newest?.Version ?? 0)) newest = configuration;
  }
  return newest;
}

/** The text under the configuration's key; empty without one. */
async function textOf(account: LocalAccount, namespaceId: string): Promise<string> {
  try {
    return new TextDecoder().decode((await account.getValue(namespaceId, CONFIGURATION_KEY)).bytes);
  } catch (error) {
    if (error instanceof CloudflareError) return "";
    throw error;
  }
}

function readConfiguration(text: string): IntegrationConfiguration | undefined {
  try {
    const check = checkConfiguration(JSON.parse(text));
    return check.ok && (check.configuration.Integrations ?? []).length > 0 ? check.configuration : undefined;
  } catch {
    // Not Queue-it's: somebody wrote the key by hand.
    return undefined;
  }
}
