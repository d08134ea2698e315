import { checkConfiguration } from "../../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import type { ConfigurationSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { Target } from "../../specification/target.ts";
import { heldConfiguration } from "./held-configuration.ts";
import { acceptedConfiguration } from "../../queue-it/accepted-configuration.ts";

/**
 * The integration configuration that Queue-it begins with for a customer's environments: the newest one that
 * they hold from an earlier run, or the first that one of them brings along. Undefined when there is none
 * with actions.
 */
export async function startingConfiguration(
  account: LocalAccount,
  environments: readonly Target[],
): Promise<IntegrationConfiguration | undefined> {
  const held = await newestHeld(account, environments);
  if (held !== undefined) return held;
  return environments
    .map(({ spec }) => broughtAlong(spec.configuration))
    .find((configuration) => configuration !== undefined);
}

async function newestHeld(
  account: LocalAccount,
  environments: readonly Target[],
): Promise<IntegrationConfiguration | undefined> {
  let newest: IntegrationConfiguration | undefined;
  for (const { spec } of environments) {
    const configuration = readConfiguration(await heldConfiguration(account, spec));
    if (configuration !== undefined && configuration.Version > (newest?.Version ?? 0)) newest = configuration;
  }
  return newest;
}

function readConfiguration(text: string): IntegrationConfiguration | undefined {
  try {
    const check = checkConfiguration(JSON.parse(text));
    return check.ok ? withActions(check.configuration) : undefined;
  } catch {
    // Not Queue-it's: somebody wrote the key by hand.
    return undefined;
  }
}

function broughtAlong(spec: ConfigurationSpec): IntegrationConfiguration | undefined {
  return withActions(acceptedConfiguration(spec.owner === "file" ? spec.value : spec.seed));
}

/** One without actions has nothing to try. */
function withActions(configuration: IntegrationConfiguration): IntegrationConfiguration | undefined {
  return (configuration.Integrations ?? []).length > 0 ? configuration : undefined;
}
