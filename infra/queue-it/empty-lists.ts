import type {
  Action,
  IntegrationConfiguration,
  TriggerPart,
} from "../../worker/configuration/integration-configuration.ts";
import type { ConfigurationWarning } from "./warning.ts";

/**
 * Lists without anything in them: the SDK 5.0.1 takes them, as "never" or as "always" (evaluateTrigger,
 * equalsAny).
 */
export function emptyLists(configuration: IntegrationConfiguration): readonly ConfigurationWarning[] {
  return (configuration.Integrations ?? []).flatMap((action, index) =>
    inAction(action, `Integrations[${index}]`),
  );
}

function inAction({ Triggers: triggers }: Action, place: string): readonly ConfigurationWarning[] {
  if (triggers.length === 0) {
    return [
      warning(
        `${place}.Triggers is empty: the action applies to no request`,
        "give it a trigger, or remove it",
      ),
    ];
  }
  return triggers.flatMap(({ LogicalOperator: operator, TriggerParts: parts }, index) => {
    const trigger = `${place}.Triggers[${index}].TriggerParts`;
    if (parts.length > 0) return parts.flatMap((part, at) => inPart(part, `${trigger}[${at}]`));
    const consequence =
      operator === "Or" ? "with Or it applies to no request" : "without Or it applies to every request";
    return [warning(`${trigger} is empty: ${consequence}`, "write its conditions, or remove the trigger")];
  });
}

function inPart(part: TriggerPart, place: string): readonly ConfigurationWarning[] {
  const isAny = part.Operator === "EqualsAny" || part.Operator === "ContainsAny";
  const literals = [...(part.ValuesToCompare ?? []), part.ValueToCompare ?? ""].filter(
    (literal) => literal !== "",
  );
  if (!isAny || literals.length > 0 || (part.ValuesToCompare ?? []).length > 0) return [];
  const holds = part.IsNegative === true ? "always" : "never";
  return [
    warning(`${place}.ValuesToCompare is empty: the condition ${holds} holds`, "write its literals there"),
  ];
}

function warning(what: string, remedy: string): ConfigurationWarning {
  return { code: "empty-list", what, remedy };
}
