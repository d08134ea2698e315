import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import type { ConfigurationSpec } from "../../specification/specification.ts";

/** The configuration the environment brings along; undefined when it has no action that could be previewed. */
export function firstConfiguration(spec: ConfigurationSpec): IntegrationConfiguration | undefined {
  const configuration = JSON.parse(
    spec.owner === "file" ? spec.value : spec.seed,
  ) as IntegrationConfiguration;
  return (configuration.Integrations ?? []).length > 0 ? configuration : undefined;
}
