import { CONFIGURATION_KEY, VARIABLES } from "../../../worker/deployment/variables.ts";
import type { ReviewContext } from "../context.ts";
import { deploymentOf, TYPES } from "../deployment.ts";
import type { Plan } from "../plan.ts";
import { sameValue, textOf } from "../value.ts";
import type { Change } from "./change.ts";

/**
 * Who owns the integration configuration: what the environment or the Worker's own variable says. Without
 * either, a value that Terraform leaves alone although the configuration asks for another one is Queue-it's.
 */
export function ownerOf(plan: Plan, context: ReviewContext): string | undefined {
  if (context.owner !== undefined) return context.owner;
  const [worker] = deploymentOf(plan, "after").workers;
  const written = textOf(worker?.bindings.get(VARIABLES.configurationOwner)?.["text"]);
  if (written !== undefined) return written;
  const value = plan.resources.find(
    ({ type, after }) => type === TYPES.value && after?.["key_name"] === CONFIGURATION_KEY,
  );
  if (value?.operation !== "no-op") return undefined;
  const wanted = plan.constants.get(value.address)?.["value"];
  return typeof wanted === "string" && !sameValue(wanted, value.after?.["value"]) ? "publish" : undefined;
}

/** Says that the configuration is left alone, where it is. */
export function untouchedConfiguration(plan: Plan, context: ReviewContext): readonly Change[] {
  const owner = ownerOf(plan, context);
  const value = plan.resources.find(
    ({ type, operation, after }) =>
      type === TYPES.value && operation === "no-op" && after?.["key_name"] === CONFIGURATION_KEY,
  );
  if (value === undefined || (owner !== "publish" && owner !== "pull")) return [];
  return [
    {
      kind: "configuration",
      effect: "untouched",
      address: value.address,
      lostActions: [],
      sentence: ["Integration configuration is owned by Queue-it: not touched"],
      details: [],
    },
  ];
}
