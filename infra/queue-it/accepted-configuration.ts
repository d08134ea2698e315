import { checkConfiguration } from "../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import { jsonOf } from "../json/json-of.ts";

/**
 * The integration configuration in a text that was accepted before, by the same check.
 *
 * @throws Error where it is not accepted: whoever let it through has a fault.
 */
export function acceptedConfiguration(text: string): IntegrationConfiguration {
  const check = checkConfiguration(jsonOf(text));
  if (check.ok) return check.configuration;
  throw new Error(
    `An integration configuration was let through that ${check.reasons[0] ?? "is not accepted"}.`,
  );
}
