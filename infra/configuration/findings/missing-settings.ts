import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";
import { type Finding, placeOf } from "./finding.ts";

/** Actions that need what the environment does not give its Worker. */
export function missingSettings(
  configuration: IntegrationConfiguration,
  { environment, countsUses, bodyLimit }: DeploymentFacts,
): readonly Finding[] {
  const file = `infra/environments/${environment}.ts`;
  return (configuration.Integrations ?? []).flatMap((action, index) => [
    ...(action.ActionType === "Queue" && action.VerifyQueueIdEnabled === true && !countsUses
      ? [
          {
            severity: "refused" as const,
            code: "setting-missing" as const,
            place: placeOf(configuration, index),
            what:
              "has VerifyQueueIdEnabled, and no address is set for counting the uses of a queue id: the " +
              `Worker of ${environment} refuses the configuration`,
            remedy: `set queueIt.verifyAction in ${file} and deploy, or switch it off in Queue-it's platform`,
          },
        ]
      : []),
    ...action.Triggers.flatMap(({ TriggerParts: parts }, trigger) =>
      parts.flatMap(({ ValidatorType: type }, part) =>
        type === "RequestBodyValidator" && bodyLimit === 0
          ? [
              {
                severity: "warning" as const,
                code: "setting-missing" as const,
                place: placeOf(configuration, index, trigger, part),
                what: `looks at the request body, and the Worker of ${environment} reads none: it sees an empty text`,
                remedy: `set queueIt.requestBodyLimit in ${file} to more than 0, or remove the condition`,
              },
            ]
          : [],
      ),
    ),
  ]);
}
