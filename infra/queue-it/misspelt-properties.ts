import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import { nearest } from "../text/nearest.ts";
import type { ConfigurationWarning } from "./warning.ts";
import { quoted } from "./quoted.ts";

// All that the SDK 5.0.1 and the Worker look at (integrationConfigModel). Queue-it writes more than that.
const ROOT = ["Integrations", "Version", "Description"];
const ACTION = [
  ...[
    "Name",
    "ActionType",
    "EventId",
    "InvolvedWaitingRoomIds",
    "Triggers",
    "LayoutName",
    "Culture",
    "QueueDomain",
  ],
  ...["QueuePathPrefix", "CookieDomain", "IsCookieHttpOnly", "IsCookieSecure", "ExtendCookieValidity"],
  ...[
    "CookieValidityMinute",
    "RedirectLogic",
    "ForcedTargetUrl",
    "VerifyQueueIdEnabled",
    "QueueIdUsageLimit",
  ],
  "IsNormalizationEnabled",
];
const TRIGGER = ["LogicalOperator", "TriggerParts"];
const PART = [
  ...[
    "ValidatorType",
    "Operator",
    "ValueToCompare",
    "ValuesToCompare",
    "IsNegative",
    "IsIgnoreCase",
    "UrlPart",
  ],
  ...["CookieName", "HttpHeaderName"],
];

/** Letters that may differ: other properties than the known ones are usual, and most of them are meant. */
const MAX_DISTANCE = 2;

/** Properties that are nearly a known one which is not there: the SDK does not see them. */
export function misspeltProperties(configuration: IntegrationConfiguration): readonly ConfigurationWarning[] {
  return [
    ...misspelt("", configuration, ROOT),
    ...(configuration.Integrations ?? []).flatMap((action, index) => {
      const place = `Integrations[${index}]`;
      return [
        ...misspelt(place, action, ACTION),
        ...action.Triggers.flatMap((trigger, triggerIndex) => {
          const triggerPlace = `${place}.Triggers[${triggerIndex}]`;
          return [
            ...misspelt(triggerPlace, trigger, TRIGGER),
            ...trigger.TriggerParts.flatMap((part, partIndex) =>
              misspelt(`${triggerPlace}.TriggerParts[${partIndex}]`, part, PART),
            ),
          ];
        }),
      ];
    }),
  ];
}

function misspelt(place: string, fields: object, known: readonly string[]): readonly ConfigurationWarning[] {
  const written = Object.keys(fields);
  const missing = known.filter((name) => !written.includes(name));
  return written.flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearest(name, missing, MAX_DISTANCE);
    if (meant === undefined) return [];
    const where = place === "" ? "The configuration" : place;
    return [
      {
        code: "misspelt-property" as const,
        what: `${where} has ${quoted(name)}, which the SDK ignores`,
        remedy: `did you mean ${meant}?`,
      },
    ];
  });
}
