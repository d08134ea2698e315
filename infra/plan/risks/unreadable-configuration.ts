import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import { readConfiguration } from "../changes/configuration-diff.ts";
import { TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import { textOf } from "../value.ts";
import type { Risk, RiskRule } from "./risk.ts";

/**
 * An integration configuration that is written although the Worker will not take it, or nobody can see it.
 */
export const unreadableConfiguration: RiskRule = ({ plan }) =>
  plan.resources.flatMap(({ type, address, operation, before, after }): readonly Risk[] => {
    const isWritten = operation === "create" || operation === "update" || operation === "replace";
    if (type !== TYPES.value || !isWritten || after?.["key_name"] !== CONFIGURATION_KEY) return [];
    const text = textOf(after["value"]);
    if (text === undefined) return [hidden(address)];
    if (text === textOf(before?.["value"]) || readConfiguration(text) !== undefined) return [];
    return [unreadable(address)];
  });

function hidden(address: string): Risk {
  return {
    rule: "configuration-hidden",
    level: "medium",
    title: sentence`The integration configuration in ${address} is secret or not known before the apply`,
    explanation: "Which pages queue after this plan cannot be seen from it.",
    remedy: "Write the configuration itself as the value, with no secret in it.",
  };
}

function unreadable(address: string): Risk {
  return {
    rule: "configuration-unreadable",
    level: "high",
    title: sentence`The integration configuration in ${address} cannot be read`,
    explanation:
      "The Worker refuses an invalid configuration: a Worker that starts after the apply then does not make anybody queue. " +
      "A duplicate name or endless nesting hides what counts.",
    remedy: "Fix the file: queueit-cf validate names every place in it that is wrong.",
  };
}
