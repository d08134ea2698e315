import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import { TYPES } from "../deployment.ts";
import type { Operation } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { shown } from "../value.ts";
import type { RiskRule } from "./risk.ts";

/** A KV namespace, or the configuration in it, that is destroyed or replaced. */
export const namespaceLost: RiskRule = ({ plan: { resources } }) => {
  const isNamespaceLost = resources.some(
    ({ type, operation }) => type === TYPES.namespace && isLost(operation),
  );
  return resources.flatMap(({ type, operation, before, address }) => {
    const isNamespace = type === TYPES.namespace;
    const isConfiguration = type === TYPES.value && before?.["key_name"] === CONFIGURATION_KEY;
    // A namespace takes its values along: said once.
    if (!isNamespace && (!isConfiguration || isNamespaceLost)) return [];
    if (!isLost(operation)) return [];
    const verb = operation === "delete" ? "destroyed" : "replaced";
    const name = isNamespace ? shown(before?.["title"] ?? address) : address;
    return [
      {
        rule: "namespace-lost",
        level: "high",
        title: [
          isNamespace ? "KV namespace " : "Integration configuration ",
          ...sentence`${name}`,
          ` is ${verb}`,
        ],
        explanation:
          "The integration configuration in it is lost: nobody queues on any page until Queue-it publishes again.",
        remedy:
          "Look for a renamed construct or a changed account. If it is intended, publish the " +
          "configuration right after the apply.",
      },
    ];
  });
};

function isLost(operation: Operation): boolean {
  return operation === "delete" || operation === "replace";
}
